#ifndef HOLDFAST_CSQLITE_SHIM_H
#define HOLDFAST_CSQLITE_SHIM_H

#include <sqlite3.h>

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

#endif
