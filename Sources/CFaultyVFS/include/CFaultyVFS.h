#ifndef HOLDFAST_CFAULTYVFS_H
#define HOLDFAST_CFAULTYVFS_H

// A disk made of memory under SQLite, for tests only. It keeps apart what was written and what was
// synced, and can lose the difference as a power cut does: any subset of the unsynced changes,
// sector by sector, in any order that no sync forbade, names of files included.
//
// A disk is one registered VFS. Every call is safe from every thread. All choices come from the
// seed and the order of the calls, so that a schedule driven by one thread repeats exactly.
//
// What is modelled: page cache and platter per file; names, made durable only by a sync of their
// directory (which SQLite asks for with the first sync of a new log or journal, and in a delete);
// a failed sync that leaves the platter in an unknown state and marks the cache clean, so that a
// second sync that succeeds proves nothing; locks and shared memory among the connections of one
// process, which vanish at a cut. What SQLite assumes and we grant: a write changes no byte outside
// its range (power-safe overwrite).

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct faulty_disk faulty_disk;

typedef enum faulty_kind {
    FAULTY_ANY = 0,
    FAULTY_OPEN,
    FAULTY_READ,
    FAULTY_WRITE,
    /// A write that makes its file longer; told to no rule for FAULTY_WRITE alone.
    FAULTY_GROW,
    FAULTY_TRUNCATE,
    FAULTY_SYNC,
    FAULTY_SYNC_DIRECTORY,
    FAULTY_DELETE,
    FAULTY_SIZE,
    FAULTY_LOCK,
    FAULTY_SHARED_MEMORY,
    /// Only in the journal: what the test noted there.
    FAULTY_MARK,
    /// Only in the journal: the power went.
    FAULTY_CUT,
} faulty_kind;

/// What an operation that is to fail says.
typedef enum faulty_error {
    /// The input/output error of its kind.
    FAULTY_ERROR_IO = 0,
    FAULTY_ERROR_FULL,
    /// A read that finds the end of the file where there is none.
    FAULTY_ERROR_SHORT_READ,
} faulty_error;

/// What a cut leaves of the unsynced changes.
typedef enum faulty_survival {
    /// One of the others, or a mixture, chosen for each file by the seed.
    FAULTY_SURVIVAL_SEEDED = 0,
    FAULTY_SURVIVAL_NOTHING,
    /// Everything: the process was killed and the machine went on.
    FAULTY_SURVIVAL_ALL,
} faulty_survival;

/// Lies that the disk can be told to tell, to see whether the checks notice.
typedef enum faulty_lie {
    /// A sync of a file says "done" and does nothing.
    FAULTY_LIE_SYNC = 1,
    /// A sync of a directory says "done" and does nothing.
    FAULTY_LIE_SYNC_DIRECTORY = 2,
} faulty_lie;

typedef struct faulty_entry {
    faulty_kind kind;
    /// The SQLite result code of the operation; 0 where it went well.
    int result;
    /// The number of the file, from 1; 0 for marks and cuts.
    int file;
    int64_t offset;
    /// Bytes; of a mark, what the test gave.
    int64_t length;
} faulty_entry;

/// Makes a disk and registers it under `faulty_name`. NULL when memory is short.
faulty_disk *faulty_create(uint64_t seed, int sector_bytes);
const char *faulty_name(const faulty_disk *disk);
/// Unregisters the disk. Connections that are still open keep the memory until they close.
void faulty_destroy(faulty_disk *disk);
/// Disks whose memory is not yet given back.
int faulty_living(void);

/// After `skip` more operations of that kind the next `times` ones fail. Rules add up.
void faulty_fail(
    faulty_disk *disk, faulty_kind kind, int64_t skip, int64_t times, faulty_error error);
void faulty_forget_failures(faulty_disk *disk);
/// Operations since the disk was made that a rule or the capacity has failed.
int64_t faulty_failures(faulty_disk *disk);
/// Operations of a kind since the disk was made; FAULTY_ANY: of all kinds.
int64_t faulty_count(faulty_disk *disk, faulty_kind kind);
/// How many bytes the files may take together; a write beyond it says "full". -1: no limit.
void faulty_set_capacity(faulty_disk *disk, int64_t bytes);
int64_t faulty_used(faulty_disk *disk);
void faulty_set_lies(faulty_disk *disk, int lies);

/// Cuts the power now: open handles fail for ever, the next open sees what survived.
void faulty_cut(faulty_disk *disk, faulty_survival survival);
/// Cuts it in the middle of the change (write, truncate, sync, create, delete) that comes after
/// `skip` more; -1 takes that back.
void faulty_cut_after(faulty_disk *disk, int64_t skip, faulty_survival survival);
/// Syncs the directory, as a program does that opens it for that. False: it failed, or the power
/// went.
bool faulty_sync_directory(faulty_disk *disk);
/// Changes since the disk was made, and cuts.
int64_t faulty_changes(faulty_disk *disk);
int64_t faulty_cuts(faulty_disk *disk);

/// Whether a file has changes that no sync has covered, or a name that no directory sync has.
bool faulty_is_unsynced(faulty_disk *disk, const char *path);

/// From now on operations are written down in order. A mark puts a line of the test's own there.
void faulty_keep_journal(faulty_disk *disk, bool keep);
void faulty_mark(faulty_disk *disk, int64_t number);
int64_t faulty_journal_length(faulty_disk *disk);
bool faulty_journal_entry(faulty_disk *disk, int64_t index, faulty_entry *entry);

/// The number of a file in the journal; 0 when no file has the name.
int faulty_file_number(faulty_disk *disk, const char *path);
/// Bytes of a file as programs see it; -1 when there is none.
int64_t faulty_file_size(faulty_disk *disk, const char *path);
/// Copies up to `length` bytes from `offset` and returns how many.
int64_t faulty_file_read(
    faulty_disk *disk, const char *path, int64_t offset, void *bytes, int64_t length);
/// Overwrites bytes of a file behind the back of everybody, cache and platter.
bool faulty_file_damage(
    faulty_disk *disk, const char *path, int64_t offset, const void *bytes, int64_t length);
/// Puts a new file there, synced, as if it had been restored.
bool faulty_file_put(
    faulty_disk *disk, const char *path, const void *bytes, int64_t length);
/// Puts a synced copy of all files of another disk on this one, which must be empty.
bool faulty_copy(faulty_disk *disk, faulty_disk *from);

// The memory that SQLite asks for, of all connections of the process. It fails when told to; the
// functions are in place from the start of the process on, before SQLite is used.

/// After `skip` more allocations the next `times` ones fail.
void faulty_memory_fail(int64_t skip, int64_t times);
void faulty_memory_forget(void);
/// Allocations since the start of the process that failed because they were told to.
int64_t faulty_memory_failures(void);
/// Gives what the process has freed back to the system.
void faulty_memory_trim(void);
/// Bytes that SQLite holds now.
int64_t faulty_memory_used(void);

// Files of the real disk, as SQLite's own VFS works on them.

/// Calls back once, on the thread of SQLite that is about to shorten a file, before it does; NULL
/// takes the wish back. One at a time.
void faulty_before_truncation(void (*callback)(void));

#endif
