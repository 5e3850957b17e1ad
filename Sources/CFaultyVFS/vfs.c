// The disk as SQLite sees it.

#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static bool is_dead(const handle *file) { return file->generation != file->disk->generation; }

static faulty_disk *disk_of(sqlite3_vfs *vfs) { return vfs->pAppData; }

static int close_file(sqlite3_file *opened) {
    handle *file = (handle *)opened;
    faulty_disk *disk = file->disk;
    faulty_unmap(opened, 0);
    faulty_unlock(opened, SQLITE_LOCK_NONE);
    pthread_mutex_lock(&disk->lock);
    if (file->delete_path != NULL && !is_dead(file)) {
        faulty_rename(disk, file->delete_path, NULL);
    }
    free(file->delete_path);
    pthread_mutex_unlock(&disk->lock);
    faulty_release(disk);
    return SQLITE_OK;
}

static int read_file(sqlite3_file *opened, void *data, int length, sqlite3_int64 offset) {
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    int code = is_dead(file) ? SQLITE_IOERR_READ : faulty_check(file->disk, FAULTY_READ);
    if (code == SQLITE_IOERR_SHORT_READ) memset(data, 0, (size_t)length);
    if (code == SQLITE_OK) {
        int64_t part = file->node->cache.size - offset;
        if (part > length) part = length;
        if (part < 0) part = 0;
        if (part > 0) memcpy(data, file->node->cache.data + offset, (size_t)part);
        memset((char *)data + part, 0, (size_t)(length - part));
        if (part < length) code = SQLITE_IOERR_SHORT_READ;
    }
    pthread_mutex_unlock(&file->disk->lock);
    return code;
}

static int64_t used(faulty_disk *disk) {
    int64_t total = 0;
    for (name *entry = disk->names; entry != NULL; entry = entry->next) {
        if (entry->now != NULL) total += entry->now->cache.size;
    }
    return total;
}

static int store(handle *file, const void *data, int64_t length, int64_t offset) {
    bool stored = faulty_put(&file->node->cache, offset, data, length);
    if (stored && !file->is_nameless) stored = faulty_remember(file->node, offset, data, length);
    return stored ? SQLITE_OK : SQLITE_IOERR_WRITE;
}

// A write that fails may have written its front.
static int fail_write(handle *file, int code, const void *data, int64_t length, int64_t offset) {
    int64_t part = (int64_t)(faulty_random(file->disk) % ((uint64_t)length + 1));
    if (code == SQLITE_FULL && offset + part > file->node->cache.size) part = 0;
    if (part > 0) store(file, data, part, offset);
    return code;
}

static int write_file(sqlite3_file *opened, const void *data, int length, sqlite3_int64 offset) {
    handle *file = (handle *)opened;
    faulty_disk *disk = file->disk;
    pthread_mutex_lock(&disk->lock);
    int code = SQLITE_IOERR_WRITE;
    if (!is_dead(file)) {
        int64_t growth = offset + length - file->node->cache.size;
        code = faulty_check(disk, growth > 0 ? FAULTY_GROW : FAULTY_WRITE);
        bool full = growth > 0 && disk->capacity >= 0 && used(disk) + growth > disk->capacity;
        if (code == SQLITE_OK && full) {
            code = SQLITE_FULL;
            disk->failures++;
        }
        code = code == SQLITE_OK ? store(file, data, length, offset)
                                 : fail_write(file, code, data, length, offset);
        faulty_note(
            disk, growth > 0 ? FAULTY_GROW : FAULTY_WRITE, code, file->node, offset, length);
        if (faulty_goes_out(disk)) {
            faulty_cut_locked(disk, disk->cut_survival);
            code = SQLITE_IOERR_WRITE;
        }
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

static int truncate_file(sqlite3_file *opened, sqlite3_int64 size) {
    handle *file = (handle *)opened;
    faulty_disk *disk = file->disk;
    pthread_mutex_lock(&disk->lock);
    int code = SQLITE_IOERR_TRUNCATE;
    if (!is_dead(file)) {
        code = faulty_check(disk, FAULTY_TRUNCATE);
        bool done = code == SQLITE_OK && faulty_resize(&file->node->cache, size)
            && (file->is_nameless || faulty_remember(file->node, size, NULL, 0));
        if (!done && code == SQLITE_OK) code = SQLITE_IOERR_TRUNCATE;
        faulty_note(disk, FAULTY_TRUNCATE, code, file->node, size, 0);
        if (faulty_goes_out(disk)) {
            faulty_cut_locked(disk, disk->cut_survival);
            code = SQLITE_IOERR_TRUNCATE;
        }
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

// The power may go before the sync has done anything; what it had done by then is the survivors'
// lot. After a failure the cache counts as clean although the platter is not.
static int sync_content(handle *file) {
    faulty_disk *disk = file->disk;
    if (faulty_goes_out(disk)) {
        faulty_cut_locked(disk, disk->cut_survival);
        return SQLITE_IOERR_FSYNC;
    }
    int code = faulty_check(disk, FAULTY_SYNC);
    if (code != SQLITE_OK) {
        faulty_settle(disk, file->node, FAULTY_SURVIVAL_SEEDED);
    } else if (!(disk->lies & FAULTY_LIE_SYNC)) {
        faulty_settle(disk, file->node, FAULTY_SURVIVAL_ALL);
    }
    faulty_note(disk, FAULTY_SYNC, code, file->node, 0, file->node->cache.size);
    return code;
}

static int sync_directory(faulty_disk *disk) {
    if (faulty_goes_out(disk)) {
        faulty_cut_locked(disk, disk->cut_survival);
        return SQLITE_IOERR_DIR_FSYNC;
    }
    int code = faulty_check(disk, FAULTY_SYNC_DIRECTORY);
    if (code == SQLITE_OK && !(disk->lies & FAULTY_LIE_SYNC_DIRECTORY)) faulty_sync_names(disk);
    faulty_note(disk, FAULTY_SYNC_DIRECTORY, code, NULL, 0, 0);
    return code;
}

bool faulty_sync_directory(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    bool done = sync_directory(disk) == SQLITE_OK;
    pthread_mutex_unlock(&disk->lock);
    return done;
}

static int sync_file(sqlite3_file *opened, int flags) {
    (void)flags;
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    int code = SQLITE_IOERR_FSYNC;
    if (!is_dead(file)) {
        code = sync_content(file);
        if (code == SQLITE_OK && file->syncs_directory) {
            code = sync_directory(file->disk);
            if (code == SQLITE_OK) file->syncs_directory = false;
        }
    }
    pthread_mutex_unlock(&file->disk->lock);
    return code;
}

static int file_size(sqlite3_file *opened, sqlite3_int64 *size) {
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    int code = is_dead(file) ? SQLITE_IOERR_FSTAT : faulty_check(file->disk, FAULTY_SIZE);
    *size = code == SQLITE_OK ? file->node->cache.size : 0;
    pthread_mutex_unlock(&file->disk->lock);
    return code;
}

static int control(sqlite3_file *opened, int operation, void *argument) {
    (void)opened;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int sector_size(sqlite3_file *opened) { return ((handle *)opened)->disk->sector_bytes; }

static int characteristics(sqlite3_file *opened) {
    (void)opened;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

const sqlite3_io_methods faulty_methods = {
    .iVersion = 2,
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = faulty_lock,
    .xUnlock = faulty_unlock,
    .xCheckReservedLock = faulty_check_reserved,
    .xFileControl = control,
    .xSectorSize = sector_size,
    .xDeviceCharacteristics = characteristics,
    .xShmMap = faulty_map,
    .xShmLock = faulty_shared_lock,
    .xShmBarrier = faulty_barrier,
    .xShmUnmap = faulty_unmap,
};

static int find_or_create(faulty_disk *disk, const char *path, int flags, handle *file) {
    if (path == NULL) {
        file->node = faulty_new_inode(disk);
        file->is_nameless = true;
        return file->node == NULL ? SQLITE_NOMEM : SQLITE_OK;
    }
    name *entry = faulty_find(disk, path);
    if (entry != NULL && entry->now != NULL) {
        file->node = entry->now;
        return SQLITE_OK;
    }
    if (!(flags & SQLITE_OPEN_CREATE)) return SQLITE_CANTOPEN;
    file->node = faulty_new_inode(disk);
    if (file->node == NULL || !faulty_rename(disk, path, file->node)) return SQLITE_NOMEM;
    file->syncs_directory = (flags
        & (SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL)) != 0;
    if (faulty_goes_out(disk)) {
        faulty_cut_locked(disk, disk->cut_survival);
        return SQLITE_CANTOPEN;
    }
    return SQLITE_OK;
}

static int open_file(
    sqlite3_vfs *vfs, const char *path, sqlite3_file *opened, int flags, int *out_flags) {
    faulty_disk *disk = disk_of(vfs);
    handle *file = (handle *)opened;
    memset(file, 0, sizeof *file);
    pthread_mutex_lock(&disk->lock);
    file->disk = disk;
    file->generation = disk->generation;
    file->is_read_only = (flags & SQLITE_OPEN_READONLY) != 0;
    int code = faulty_check(disk, FAULTY_OPEN);
    if (code == SQLITE_OK) code = find_or_create(disk, path, flags, file);
    if (code == SQLITE_OK) {
        if ((flags & SQLITE_OPEN_DELETEONCLOSE) && path != NULL) {
            file->delete_path = strdup(path);
        }
        disk->users++;
        file->base.pMethods = &faulty_methods;
        if (out_flags != NULL) *out_flags = flags;
    }
    pthread_mutex_unlock(&disk->lock);
    return code;
}

static int delete_file(sqlite3_vfs *vfs, const char *path, int sync) {
    faulty_disk *disk = disk_of(vfs);
    pthread_mutex_lock(&disk->lock);
    int code = faulty_check(disk, FAULTY_DELETE);
    name *entry = faulty_find(disk, path);
    if (code == SQLITE_OK && (entry == NULL || entry->now == NULL)) {
        code = SQLITE_IOERR_DELETE_NOENT;
    }
    if (code == SQLITE_OK) {
        faulty_note(disk, FAULTY_DELETE, code, entry->now, 0, 0);
        if (!faulty_rename(disk, path, NULL)) code = SQLITE_NOMEM;
        if (faulty_goes_out(disk)) {
            faulty_cut_locked(disk, disk->cut_survival);
            code = SQLITE_IOERR_DELETE;
        }
    }
    if (code == SQLITE_OK && sync) code = sync_directory(disk);
    pthread_mutex_unlock(&disk->lock);
    return code;
}

// As SQLite's own: an empty file does not exist for it.
static int access_file(sqlite3_vfs *vfs, const char *path, int flags, int *found) {
    (void)flags;
    faulty_disk *disk = disk_of(vfs);
    pthread_mutex_lock(&disk->lock);
    name *entry = faulty_find(disk, path);
    *found = entry != NULL && entry->now != NULL
        && (flags != SQLITE_ACCESS_EXISTS || entry->now->cache.size > 0);
    pthread_mutex_unlock(&disk->lock);
    return SQLITE_OK;
}

static int full_path(sqlite3_vfs *vfs, const char *path, int room, char *out) {
    (void)vfs;
    if (snprintf(out, (size_t)room, "%s", path) >= room) return SQLITE_CANTOPEN;
    return SQLITE_OK;
}

static int randomness(sqlite3_vfs *vfs, int length, char *out) {
    faulty_disk *disk = disk_of(vfs);
    pthread_mutex_lock(&disk->lock);
    for (int index = 0; index < length; index++) out[index] = (char)faulty_random(disk);
    pthread_mutex_unlock(&disk->lock);
    return length;
}

static int wait_microseconds(sqlite3_vfs *vfs, int microseconds) {
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    (void)vfs;
    return system->xSleep(system, microseconds);
}

static int current_time(sqlite3_vfs *vfs, double *days) {
    sqlite3_vfs *system = sqlite3_vfs_find(NULL);
    (void)vfs;
    return system->xCurrentTime(system, days);
}

static int last_error(sqlite3_vfs *vfs, int length, char *text) {
    (void)vfs;
    (void)length;
    (void)text;
    return 0;
}

faulty_disk *faulty_create(uint64_t seed, int sector_bytes) {
    static atomic_int disks;
    faulty_disk *disk = calloc(1, sizeof *disk);
    if (disk == NULL) return NULL;
    faulty_begin_life();
    pthread_mutex_init(&disk->lock, NULL);
    snprintf(disk->vfs_name, sizeof disk->vfs_name, "faulty-%d", atomic_fetch_add(&disks, 1));
    disk->random = seed;
    disk->sector_bytes = sector_bytes;
    disk->users = 1;
    disk->cut_at = -1;
    disk->capacity = -1;
    disk->vfs = (sqlite3_vfs){
        .iVersion = 1,
        .szOsFile = sizeof(handle),
        .mxPathname = 512,
        .zName = disk->vfs_name,
        .pAppData = disk,
        .xOpen = open_file,
        .xDelete = delete_file,
        .xAccess = access_file,
        .xFullPathname = full_path,
        .xRandomness = randomness,
        .xSleep = wait_microseconds,
        .xCurrentTime = current_time,
        .xGetLastError = last_error,
    };
    if (sqlite3_vfs_register(&disk->vfs, 0) != SQLITE_OK) {
        faulty_release(disk);
        return NULL;
    }
    return disk;
}
