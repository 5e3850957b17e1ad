// What is left of unsynced changes when the power goes, or when a sync fails.

#include <stdlib.h>
#include <string.h>

#include "internal.h"

typedef enum manner {
    KEEP_NOTHING,
    KEEP_ALL,
    // The changes up to one of them, and that one torn.
    KEEP_FIRST,
    // Each change whole, torn or not at all.
    KEEP_SOME,
    KEEP_SECTORS,
    // The file has its full length, but what was never written is old rubbish.
    KEEP_SECTORS_IN_RUBBISH,
    MANNER_COUNT,
} manner;

static bool one_in(faulty_disk *disk, uint64_t number) {
    return faulty_random(disk) % number == 0;
}

static void apply_whole(bytes *content, const change *step) {
    if (step->data == NULL) {
        faulty_resize(content, step->offset);
    } else {
        faulty_put(content, step->offset, step->data, step->length);
    }
}

// A write reaches the platter in sectors; each of them makes it or does not.
static void apply_torn(faulty_disk *disk, bytes *content, const change *step) {
    if (step->data == NULL) {
        if (one_in(disk, 2)) apply_whole(content, step);
        return;
    }
    int64_t done = 0;
    while (done < step->length) {
        int64_t at = step->offset + done;
        int64_t part = disk->sector_bytes - at % disk->sector_bytes;
        if (part > step->length - done) part = step->length - done;
        if (one_in(disk, 2)) faulty_put(content, at, step->data + done, part);
        done += part;
    }
}

static void fill_with_rubbish(faulty_disk *disk, inode *node) {
    int64_t from = node->synced.size;
    if (node->cache.size <= from || !faulty_resize(&node->synced, node->cache.size)) return;
    for (int64_t at = from; at < node->synced.size; at++) {
        node->synced.data[at] = (unsigned char)faulty_random(disk);
    }
}

static void apply(faulty_disk *disk, inode *node, manner how) {
    if (how == KEEP_SECTORS_IN_RUBBISH) fill_with_rubbish(disk, node);
    uint64_t steps = 0;
    for (change *step = node->first; step != NULL; step = step->next) steps++;
    uint64_t torn = steps == 0 ? 0 : faulty_random(disk) % steps;
    uint64_t kept_of_four = faulty_random(disk) % 5;
    uint64_t index = 0;
    for (change *step = node->first; step != NULL; step = step->next, index++) {
        switch (how) {
        case KEEP_ALL: apply_whole(&node->synced, step); break;
        case KEEP_FIRST:
            if (index < torn) apply_whole(&node->synced, step);
            if (index == torn) apply_torn(disk, &node->synced, step);
            break;
        case KEEP_SOME:
            if (faulty_random(disk) % 4 >= kept_of_four) break;
            if (one_in(disk, 4)) {
                apply_torn(disk, &node->synced, step);
            } else {
                apply_whole(&node->synced, step);
            }
            break;
        case KEEP_SECTORS:
        case KEEP_SECTORS_IN_RUBBISH: apply_torn(disk, &node->synced, step); break;
        default: break;
        }
    }
}

// Moves what survives of the unsynced changes to the platter and forgets the rest.
void faulty_settle(faulty_disk *disk, inode *node, faulty_survival survival) {
    manner how = KEEP_ALL;
    if (survival == FAULTY_SURVIVAL_NOTHING) how = KEEP_NOTHING;
    if (survival == FAULTY_SURVIVAL_SEEDED) how = (manner)(faulty_random(disk) % MANNER_COUNT);
    if (node->first != NULL) apply(disk, node, how);
    while (node->first != NULL) {
        change *step = node->first;
        node->first = step->next;
        free(step->data);
        free(step);
    }
    node->last = NULL;
}

static inode *surviving_meaning(faulty_disk *disk, const name *entry, faulty_survival survival) {
    if (entry->unsynced_count == 0) return entry->synced;
    if (survival == FAULTY_SURVIVAL_NOTHING) return entry->synced;
    uint64_t pick = faulty_random(disk) % ((uint64_t)entry->unsynced_count + 1);
    return pick == 0 ? entry->synced : entry->unsynced[pick - 1];
}

static inode *copy_of(faulty_disk *disk, inode *old) {
    inode *fresh = faulty_new_inode(disk);
    if (fresh == NULL) return NULL;
    fresh->number = old->number;
    faulty_put(&fresh->synced, 0, old->synced.data, old->synced.size);
    return fresh;
}

// The process is gone, the page cache is not: what was unsynced still is.
static void keep_cache(faulty_disk *disk, name *entry) {
    inode *old = entry->now;
    inode *fresh = old == NULL ? NULL : copy_of(disk, old);
    if (fresh == NULL) return;
    faulty_put(&fresh->cache, 0, old->cache.data, old->cache.size);
    fresh->first = old->first;
    fresh->last = old->last;
    old->first = old->last = NULL;
    if (entry->synced == old) entry->synced = fresh;
    for (int index = 0; index < entry->unsynced_count; index++) {
        if (entry->unsynced[index] == old) entry->unsynced[index] = fresh;
    }
    entry->now = fresh;
}

static void lose_cache(faulty_disk *disk, name *entry, faulty_survival survival) {
    inode *old = surviving_meaning(disk, entry, survival);
    entry->unsynced_count = 0;
    entry->now = entry->synced = NULL;
    if (old == NULL) return;
    faulty_settle(disk, old, survival);
    inode *fresh = copy_of(disk, old);
    if (fresh == NULL) return;
    faulty_put(&fresh->cache, 0, old->synced.data, old->synced.size);
    entry->now = entry->synced = fresh;
}

// Old inodes stay behind for the handles that point at them; names get fresh ones.
void faulty_cut_locked(faulty_disk *disk, faulty_survival survival) {
    disk->generation++;
    disk->cut_at = -1;
    disk->counts[FAULTY_CUT]++;
    faulty_note(disk, FAULTY_CUT, 0, NULL, 0, disk->generation);
    for (name *entry = disk->names; entry != NULL; entry = entry->next) {
        if (survival == FAULTY_SURVIVAL_ALL) {
            keep_cache(disk, entry);
        } else {
            lose_cache(disk, entry, survival);
        }
    }
}
