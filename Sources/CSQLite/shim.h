#ifndef HOLDFAST_CSQLITE_SHIM_H
#define HOLDFAST_CSQLITE_SHIM_H

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Only what Swift cannot call or read by itself. */

/* SQLITE_STATIC and SQLITE_TRANSIENT are casts of 0 and -1 to a function pointer; Swift does not
   import such macros. */
static inline sqlite3_destructor_type holdfast_sqlite_static(void) { return SQLITE_STATIC; }
static inline sqlite3_destructor_type holdfast_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/* sqlite3_config is variadic. Without statistics of its memory SQLite takes no lock for each
   allocation. */
static inline int holdfast_sqlite_forgo_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* sqlite3_db_config is variadic. Every switch of the kind we set takes an int and an optional
   pointer for the new state, which we do not need. */
static inline int holdfast_sqlite_switch(sqlite3 *database, int option, int on) {
    return sqlite3_db_config(database, option, on, (int *)0);
}

/* Why the last write of the log failed. SQLite tells the errno of a commit's failure to nobody
   else; 0 where there is no log. */
static inline int holdfast_sqlite_log_errno(sqlite3 *database) {
    sqlite3_file *log = 0;
    int number = 0;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) != SQLITE_OK ||
        log == 0 || log->pMethods == 0) {
        return 0;
    }
    if (log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &number) != SQLITE_OK) return 0;
    return number;
}

/* Takes or gives back the lock under which a connection of any process moves the log into the
   database and cuts the database's file: slot 1 of the log's index
   (https://www.sqlite.org/walformat.html#locks). Never waits. The file methods are SQLite's public
   interface; SQLite itself has no call that only asks. */
static inline int holdfast_sqlite_checkpoint_lock(sqlite3 *database, int takes) {
    sqlite3_file *file = 0;
    if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        file == 0 || file->pMethods == 0 || file->pMethods->iVersion < 2 ||
        file->pMethods->xShmLock == 0) {
        return SQLITE_IOERR;
    }
    return file->pMethods->xShmLock(
        file, 1, 1, (takes ? SQLITE_SHM_LOCK : SQLITE_SHM_UNLOCK) | SQLITE_SHM_EXCLUSIVE);
}

/* renameat2 with RENAME_NOREPLACE, which Swift does not see; 0 or -1 with errno. */
static inline int holdfast_rename_new(const char *from, const char *to) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 1u);
}

#endif
