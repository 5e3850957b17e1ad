// The disk: files, names, what was written and what was synced.

#define _GNU_SOURCE
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

uint64_t faulty_random(faulty_disk *disk) {
    disk->random += 0x9E3779B97F4A7C15u;
    uint64_t mixed = disk->random;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

// New bytes are zero, as in a hole.
bool faulty_resize(bytes *content, int64_t size) {
    if (size > content->room) {
        int64_t room = content->room * 2 > size ? content->room * 2 : size + 4096;
        unsigned char *grown = realloc(content->data, (size_t)room);
        if (grown == NULL) return false;
        content->data = grown;
        content->room = room;
    }
    if (size > content->size) {
        memset(content->data + content->size, 0, (size_t)(size - content->size));
    }
    content->size = size;
    return true;
}

bool faulty_put(bytes *content, int64_t offset, const void *data, int64_t length) {
    if (length == 0) return true;
    if (offset + length > content->size && !faulty_resize(content, offset + length)) return false;
    memcpy(content->data + offset, data, (size_t)length);
    return true;
}

// `data` NULL: a truncation.
bool faulty_remember(inode *node, int64_t offset, const void *data, int64_t length) {
    change *step = calloc(1, sizeof *step);
    if (step == NULL) return false;
    *step = (change){offset, length, NULL, NULL};
    if (data != NULL) {
        step->data = malloc((size_t)length + 1);
        if (step->data == NULL) {
            free(step);
            return false;
        }
        memcpy(step->data, data, (size_t)length);
    }
    if (node->last == NULL) {
        node->first = step;
    } else {
        node->last->next = step;
    }
    node->last = step;
    return true;
}

inode *faulty_new_inode(faulty_disk *disk) {
    inode *node = calloc(1, sizeof *node);
    if (node == NULL) return NULL;
    node->number = ++disk->file_numbers;
    node->next = disk->inodes;
    disk->inodes = node;
    return node;
}

// One directory holds everything, wherever the test says that it lies.
static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

name *faulty_find(faulty_disk *disk, const char *path) {
    path = base_name(path);
    for (name *entry = disk->names; entry != NULL; entry = entry->next) {
        if (strcmp(entry->path, path) == 0) return entry;
    }
    return NULL;
}

// Gives a name another meaning (NULL: none), durable only after the next sync of the directory.
bool faulty_rename(faulty_disk *disk, const char *path, inode *node) {
    name *entry = faulty_find(disk, path);
    if (entry == NULL) {
        entry = calloc(1, sizeof *entry);
        if (entry == NULL) return false;
        entry->path = strdup(base_name(path));
        entry->next = disk->names;
        disk->names = entry;
    }
    size_t count = (size_t)entry->unsynced_count + 1;
    inode **unsynced = realloc(entry->unsynced, count * sizeof *unsynced);
    if (unsynced == NULL) return false;
    unsynced[entry->unsynced_count++] = node;
    entry->unsynced = unsynced;
    entry->now = node;
    return true;
}

void faulty_sync_names(faulty_disk *disk) {
    for (name *entry = disk->names; entry != NULL; entry = entry->next) {
        entry->synced = entry->now;
        entry->unsynced_count = 0;
    }
}

static atomic_int living;

int faulty_living(void) { return atomic_load(&living); }

void faulty_begin_life(void) { atomic_fetch_add(&living, 1); }

static void free_inode(inode *node) {
    while (node->first != NULL) {
        change *step = node->first;
        node->first = step->next;
        free(step->data);
        free(step);
    }
    free(node->cache.data);
    free(node->synced.data);
    free(node);
}

static void free_disk(faulty_disk *disk) {
    while (disk->inodes != NULL) {
        inode *node = disk->inodes;
        disk->inodes = node->next;
        free_inode(node);
    }
    while (disk->names != NULL) {
        name *entry = disk->names;
        disk->names = entry->next;
        free(entry->path);
        free(entry->unsynced);
        free(entry);
    }
    free(disk->journal);
    pthread_mutex_destroy(&disk->lock);
    free(disk);
    atomic_fetch_sub(&living, 1);
}

// Called without the lock.
void faulty_release(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    bool is_last = --disk->users == 0;
    pthread_mutex_unlock(&disk->lock);
    if (is_last) free_disk(disk);
}

const char *faulty_name(const faulty_disk *disk) { return disk->vfs_name; }

void faulty_destroy(faulty_disk *disk) {
    sqlite3_vfs_unregister(&disk->vfs);
    faulty_release(disk);
}

void faulty_set_capacity(faulty_disk *disk, int64_t size) {
    pthread_mutex_lock(&disk->lock);
    disk->capacity = size;
    pthread_mutex_unlock(&disk->lock);
}

int64_t faulty_used(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    int64_t used = 0;
    for (name *entry = disk->names; entry != NULL; entry = entry->next) {
        if (entry->now != NULL) used += entry->now->cache.size;
    }
    pthread_mutex_unlock(&disk->lock);
    return used;
}

void faulty_set_lies(faulty_disk *disk, int lies) {
    pthread_mutex_lock(&disk->lock);
    disk->lies = lies;
    pthread_mutex_unlock(&disk->lock);
}

bool faulty_is_unsynced(faulty_disk *disk, const char *path) {
    pthread_mutex_lock(&disk->lock);
    name *entry = faulty_find(disk, path);
    bool unsynced = entry != NULL
        && (entry->unsynced_count > 0 || (entry->now != NULL && entry->now->first != NULL));
    pthread_mutex_unlock(&disk->lock);
    return unsynced;
}

static inode *seen(faulty_disk *disk, const char *path) {
    name *entry = faulty_find(disk, path);
    return entry == NULL ? NULL : entry->now;
}

int faulty_file_number(faulty_disk *disk, const char *path) {
    pthread_mutex_lock(&disk->lock);
    inode *node = seen(disk, path);
    int number = node == NULL ? 0 : node->number;
    pthread_mutex_unlock(&disk->lock);
    return number;
}

int64_t faulty_file_size(faulty_disk *disk, const char *path) {
    pthread_mutex_lock(&disk->lock);
    inode *node = seen(disk, path);
    int64_t size = node == NULL ? -1 : node->cache.size;
    pthread_mutex_unlock(&disk->lock);
    return size;
}

int64_t faulty_file_read(
    faulty_disk *disk, const char *path, int64_t offset, void *data, int64_t length) {
    pthread_mutex_lock(&disk->lock);
    inode *node = seen(disk, path);
    int64_t part = node == NULL || offset < 0 ? 0 : node->cache.size - offset;
    if (part > length) part = length;
    if (part < 0) part = 0;
    if (part > 0) memcpy(data, node->cache.data + offset, (size_t)part);
    pthread_mutex_unlock(&disk->lock);
    return part;
}

bool faulty_file_damage(
    faulty_disk *disk, const char *path, int64_t offset, const void *data, int64_t length) {
    pthread_mutex_lock(&disk->lock);
    inode *node = seen(disk, path);
    bool done = node != NULL && faulty_put(&node->cache, offset, data, length)
        && faulty_put(&node->synced, offset, data, length);
    pthread_mutex_unlock(&disk->lock);
    return done;
}

// A new file, name and content on the platter. Called under the lock.
static bool put_synced(faulty_disk *disk, const char *path, const void *data, int64_t length) {
    inode *node = faulty_new_inode(disk);
    return node != NULL && faulty_put(&node->cache, 0, data, length)
        && faulty_put(&node->synced, 0, data, length) && faulty_rename(disk, path, node);
}

bool faulty_file_put(faulty_disk *disk, const char *path, const void *data, int64_t length) {
    pthread_mutex_lock(&disk->lock);
    bool done = seen(disk, path) == NULL && put_synced(disk, path, data, length);
    faulty_sync_names(disk);
    pthread_mutex_unlock(&disk->lock);
    return done;
}

bool faulty_copy(faulty_disk *disk, faulty_disk *from) {
    pthread_mutex_lock(&from->lock);
    pthread_mutex_lock(&disk->lock);
    bool done = disk->names == NULL && disk != from;
    for (name *entry = from->names; done && entry != NULL; entry = entry->next) {
        if (entry->now == NULL) continue;
        const bytes *content = &entry->now->cache;
        done = put_synced(disk, entry->path, content->data, content->size);
    }
    faulty_sync_names(disk);
    pthread_mutex_unlock(&disk->lock);
    pthread_mutex_unlock(&from->lock);
    return done;
}
