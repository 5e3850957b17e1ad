// Locks and shared memory among the connections of this process, with the rules of SQLite's own
// Unix file system.

#include <stdlib.h>
#include <string.h>

#include "internal.h"

static bool is_dead(const handle *file) { return file->generation != file->disk->generation; }

static int raise_level(handle *file, int level) {
    inode *node = file->node;
    if (level == SQLITE_LOCK_SHARED) {
        if (node->pending != NULL || node->exclusive != NULL) return SQLITE_BUSY;
        node->sharers++;
        file->level = SQLITE_LOCK_SHARED;
        return SQLITE_OK;
    }
    if (file->is_read_only) return SQLITE_READONLY;
    if (node->reserved != NULL && node->reserved != file) return SQLITE_BUSY;
    if (node->pending != NULL && node->pending != file) return SQLITE_BUSY;
    if (level == SQLITE_LOCK_RESERVED) {
        node->reserved = file;
        file->level = SQLITE_LOCK_RESERVED;
        return SQLITE_OK;
    }
    node->pending = file;
    file->level = SQLITE_LOCK_PENDING;
    if (node->sharers > 1) return SQLITE_BUSY;
    node->exclusive = file;
    file->level = SQLITE_LOCK_EXCLUSIVE;
    return SQLITE_OK;
}

int faulty_lock(sqlite3_file *opened, int level) {
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    int code = SQLITE_OK;
    if (is_dead(file)) {
        code = SQLITE_IOERR_LOCK;
    } else if (file->level < level) {
        code = faulty_check(file->disk, FAULTY_LOCK);
        if (code == SQLITE_OK) code = raise_level(file, level);
    }
    pthread_mutex_unlock(&file->disk->lock);
    return code;
}

int faulty_unlock(sqlite3_file *opened, int level) {
    handle *file = (handle *)opened;
    inode *node = file->node;
    pthread_mutex_lock(&file->disk->lock);
    if (file->level > level) {
        if (node->reserved == file) node->reserved = NULL;
        if (node->pending == file) node->pending = NULL;
        if (node->exclusive == file) node->exclusive = NULL;
        if (level == SQLITE_LOCK_NONE) node->sharers--;
        file->level = level;
    }
    pthread_mutex_unlock(&file->disk->lock);
    return SQLITE_OK;
}

int faulty_check_reserved(sqlite3_file *opened, int *taken) {
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    *taken = file->node->reserved != NULL || file->node->pending != NULL;
    int code = is_dead(file) ? SQLITE_IOERR_CHECKRESERVEDLOCK : SQLITE_OK;
    pthread_mutex_unlock(&file->disk->lock);
    return code;
}

static int attach(handle *file) {
    if (file->memory != NULL) return SQLITE_OK;
    if (file->node->memory == NULL) {
        file->node->memory = calloc(1, sizeof *file->node->memory);
        if (file->node->memory == NULL) return SQLITE_NOMEM;
    }
    file->memory = file->node->memory;
    file->memory->users++;
    return SQLITE_OK;
}

static int map_region(handle *file, int region, int size, int extend, void volatile **memory) {
    int code = faulty_check(file->disk, FAULTY_SHARED_MEMORY);
    if (code == SQLITE_OK) code = attach(file);
    if (code != SQLITE_OK) return code;
    shared *shm = file->memory;
    if (region >= shm->region_count) {
        if (!extend) return SQLITE_OK;
        size_t count = (size_t)region + 1;
        unsigned char **regions = realloc(shm->regions, count * sizeof *regions);
        if (regions == NULL) return SQLITE_NOMEM;
        shm->regions = regions;
        while (shm->region_count <= region) {
            unsigned char *fresh = calloc(1, (size_t)size);
            if (fresh == NULL) return SQLITE_NOMEM;
            shm->regions[shm->region_count++] = fresh;
        }
    }
    *memory = shm->regions[region];
    return SQLITE_OK;
}

int faulty_map(sqlite3_file *opened, int region, int size, int extend, void volatile **memory) {
    handle *file = (handle *)opened;
    *memory = NULL;
    pthread_mutex_lock(&file->disk->lock);
    int code =
        is_dead(file) ? SQLITE_IOERR_SHMMAP : map_region(file, region, size, extend, memory);
    pthread_mutex_unlock(&file->disk->lock);
    return code;
}

static void let_go(handle *file, int offset, int count) {
    for (int index = offset; index < offset + count; index++) {
        unsigned bit = 1u << index;
        if (file->exclusive_mask & bit) file->memory->locks[index] = 0;
        if (file->shared_mask & bit) file->memory->locks[index]--;
        file->exclusive_mask &= ~bit;
        file->shared_mask &= ~bit;
    }
}

static int take(handle *file, int offset, int count, bool exclusive) {
    for (int index = offset; index < offset + count; index++) {
        unsigned bit = 1u << index;
        int held = file->memory->locks[index];
        if (exclusive && (held != 0 || (file->shared_mask & bit))) return SQLITE_BUSY;
        if (!exclusive && held < 0) return SQLITE_BUSY;
    }
    for (int index = offset; index < offset + count; index++) {
        unsigned bit = 1u << index;
        if (exclusive) {
            file->memory->locks[index] = -1;
            file->exclusive_mask |= bit;
        } else if (!(file->shared_mask & bit)) {
            file->memory->locks[index]++;
            file->shared_mask |= bit;
        }
    }
    return SQLITE_OK;
}

int faulty_shared_lock(sqlite3_file *opened, int offset, int count, int flags) {
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    int code = SQLITE_OK;
    if (file->memory == NULL) {
        code = SQLITE_IOERR_SHMLOCK;
    } else if (flags & SQLITE_SHM_UNLOCK) {
        let_go(file, offset, count);
    } else if (is_dead(file)) {
        code = SQLITE_IOERR_SHMLOCK;
    } else {
        code = faulty_check(file->disk, FAULTY_LOCK);
        if (code == SQLITE_OK) {
            code = take(file, offset, count, (flags & SQLITE_SHM_EXCLUSIVE) != 0);
        }
    }
    pthread_mutex_unlock(&file->disk->lock);
    return code;
}

void faulty_barrier(sqlite3_file *opened) {
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    pthread_mutex_unlock(&file->disk->lock);
}

// The first connection after the last one finds zeros, as after the loss of a machine: SQLite
// builds the index of the log anew.
int faulty_unmap(sqlite3_file *opened, int erase) {
    (void)erase;
    handle *file = (handle *)opened;
    pthread_mutex_lock(&file->disk->lock);
    shared *shm = file->memory;
    if (shm != NULL) {
        let_go(file, 0, SHARED_LOCKS);
        file->memory = NULL;
        if (--shm->users == 0) {
            if (file->node->memory == shm) file->node->memory = NULL;
            for (int index = 0; index < shm->region_count; index++) free(shm->regions[index]);
            free(shm->regions);
            free(shm);
        }
    }
    pthread_mutex_unlock(&file->disk->lock);
    return SQLITE_OK;
}
