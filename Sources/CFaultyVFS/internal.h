#ifndef HOLDFAST_CFAULTYVFS_INTERNAL_H
#define HOLDFAST_CFAULTYVFS_INTERNAL_H

#include <pthread.h>
#include <sqlite3.h>

#include "include/CFaultyVFS.h"

enum { KIND_COUNT = FAULTY_CUT + 1, RULE_LIMIT = 32, SHARED_LOCKS = SQLITE_SHM_NLOCK };

typedef struct bytes {
    unsigned char *data;
    int64_t size;
    int64_t room;
} bytes;

// One unsynced change of a file's content; `data` NULL: a truncation to `offset`.
typedef struct change {
    int64_t offset;
    int64_t length;
    unsigned char *data;
    struct change *next;
} change;

// The memory that connections share; gone with the last of them.
typedef struct shared {
    unsigned char **regions;
    int region_count;
    int users;
    // Each: -1 exclusive, else the number of sharers.
    int locks[SHARED_LOCKS];
} shared;

// A file apart from its name. Lives as long as the disk, because dead handles may point at it.
typedef struct inode {
    int number;
    bytes cache;
    bytes synced;
    change *first;
    change *last;
    int sharers;
    const void *reserved;
    const void *pending;
    const void *exclusive;
    shared *memory;
    struct inode *next;
} inode;

// A name, what it means now, and what it meant since the last sync of its directory, oldest first.
typedef struct name {
    char *path;
    inode *now;
    inode *synced;
    inode **unsynced;
    int unsynced_count;
    struct name *next;
} name;

typedef struct rule {
    faulty_kind kind;
    int64_t skip;
    int64_t times;
    faulty_error error;
} rule;

struct faulty_disk {
    sqlite3_vfs vfs;
    char vfs_name[32];
    pthread_mutex_t lock;
    uint64_t random;
    int sector_bytes;
    // Grows with each cut; a handle of an older one is dead.
    int64_t generation;
    // One for the owner and one for each open handle.
    int users;
    int file_numbers;
    inode *inodes;
    name *names;
    rule rules[RULE_LIMIT];
    int rule_count;
    int64_t counts[KIND_COUNT];
    // What failed by a rule, or for want of room.
    int64_t failures;
    int64_t changes;
    int64_t cut_at;
    faulty_survival cut_survival;
    int64_t capacity;
    int lies;
    bool keeps_journal;
    faulty_entry *journal;
    int64_t journal_length;
    int64_t journal_room;
};

typedef struct handle {
    sqlite3_file base;
    faulty_disk *disk;
    inode *node;
    int64_t generation;
    int level;
    bool is_read_only;
    bool is_nameless;
    char *delete_path;
    // The first sync of a new log or journal also syncs the directory.
    bool syncs_directory;
    shared *memory;
    unsigned shared_mask;
    unsigned exclusive_mask;
} handle;

extern const sqlite3_io_methods faulty_methods;

// disk.c; all but these called under the disk's lock.
uint64_t faulty_random(faulty_disk *disk);
/// Counts a disk that has been made.
void faulty_begin_life(void);
void faulty_release(faulty_disk *disk);
name *faulty_find(faulty_disk *disk, const char *path);
inode *faulty_new_inode(faulty_disk *disk);
bool faulty_rename(faulty_disk *disk, const char *path, inode *node);
void faulty_sync_names(faulty_disk *disk);
bool faulty_resize(bytes *content, int64_t size);
bool faulty_put(bytes *content, int64_t offset, const void *data, int64_t length);
bool faulty_remember(inode *node, int64_t offset, const void *data, int64_t length);
void faulty_note(
    faulty_disk *disk, faulty_kind kind, int result, const inode *node, int64_t offset,
    int64_t length);

// survive.c
void faulty_settle(faulty_disk *disk, inode *node, faulty_survival survival);
void faulty_cut_locked(faulty_disk *disk, faulty_survival survival);

// rules.c
/// Counts an operation and says whether it must fail: a SQLite code, or 0.
int faulty_check(faulty_disk *disk, faulty_kind kind);
/// Counts a change; true when the power goes in the middle of it.
bool faulty_goes_out(faulty_disk *disk);

// locks.c
int faulty_lock(sqlite3_file *file, int level);
int faulty_unlock(sqlite3_file *file, int level);
int faulty_check_reserved(sqlite3_file *file, int *taken);
int faulty_map(sqlite3_file *file, int region, int size, int extend, void volatile **memory);
int faulty_shared_lock(sqlite3_file *file, int offset, int count, int flags);
void faulty_barrier(sqlite3_file *file);
int faulty_unmap(sqlite3_file *file, int erase);

#endif
