// A moment of SQLite's own VFS in which a test can do something else.

#include <errno.h>
#include <stdatomic.h>
#include <sys/types.h>
#include <unistd.h>

#include "internal.h"

static _Atomic(void (*)(void)) waiting;

static int truncation(int descriptor, off_t length) {
    void (*callback)(void) = atomic_exchange(&waiting, NULL);
    if (callback != NULL) callback();
    return ftruncate(descriptor, length);
}

void faulty_before_truncation(void (*callback)(void)) {
    sqlite3_vfs *vfs = sqlite3_vfs_find("unix");
    atomic_store(&waiting, callback);
    // The function stays the same while a callback is due, so that no thread sees it go.
    if (vfs != NULL && callback != NULL) {
        vfs->xSetSystemCall(vfs, "ftruncate", (sqlite3_syscall_ptr)truncation);
    }
}
