// Which operation fails, when the power goes, and the journal of what happened.

#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int code_of(faulty_kind kind, faulty_error error) {
    if (error == FAULTY_ERROR_FULL) return SQLITE_FULL;
    if (error == FAULTY_ERROR_SHORT_READ) return SQLITE_IOERR_SHORT_READ;
    switch (kind) {
    case FAULTY_OPEN: return SQLITE_CANTOPEN;
    case FAULTY_READ: return SQLITE_IOERR_READ;
    case FAULTY_TRUNCATE: return SQLITE_IOERR_TRUNCATE;
    case FAULTY_SYNC: return SQLITE_IOERR_FSYNC;
    case FAULTY_SYNC_DIRECTORY: return SQLITE_IOERR_DIR_FSYNC;
    case FAULTY_DELETE: return SQLITE_IOERR_DELETE;
    case FAULTY_SIZE: return SQLITE_IOERR_FSTAT;
    case FAULTY_LOCK: return SQLITE_IOERR_LOCK;
    case FAULTY_SHARED_MEMORY: return SQLITE_IOERR_SHMMAP;
    default: return SQLITE_IOERR_WRITE;
    }
}

int faulty_check(faulty_disk *disk, faulty_kind kind) {
    disk->counts[kind]++;
    disk->counts[FAULTY_ANY]++;
    int code = 0;
    for (int index = 0; index < disk->rule_count; index++) {
        rule *current = &disk->rules[index];
        bool matches = current->kind == kind || current->kind == FAULTY_ANY
            || (current->kind == FAULTY_WRITE && kind == FAULTY_GROW);
        if (!matches || current->times == 0) continue;
        if (current->skip > 0) {
            current->skip--;
            continue;
        }
        if (current->times > 0) current->times--;
        if (code == 0) code = code_of(kind, current->error);
    }
    if (code != 0) disk->failures++;
    return code;
}

bool faulty_goes_out(faulty_disk *disk) {
    disk->changes++;
    if (disk->cut_at < 0 || disk->changes < disk->cut_at) return false;
    return true;
}

void faulty_fail(
    faulty_disk *disk, faulty_kind kind, int64_t skip, int64_t times, faulty_error error) {
    pthread_mutex_lock(&disk->lock);
    if (disk->rule_count < RULE_LIMIT) {
        disk->rules[disk->rule_count++] = (rule){kind, skip, times, error};
    }
    pthread_mutex_unlock(&disk->lock);
}

void faulty_forget_failures(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    disk->rule_count = 0;
    pthread_mutex_unlock(&disk->lock);
}

int64_t faulty_failures(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    int64_t failures = disk->failures;
    pthread_mutex_unlock(&disk->lock);
    return failures;
}

int64_t faulty_count(faulty_disk *disk, faulty_kind kind) {
    pthread_mutex_lock(&disk->lock);
    int64_t count = disk->counts[kind];
    pthread_mutex_unlock(&disk->lock);
    return count;
}

void faulty_cut(faulty_disk *disk, faulty_survival survival) {
    pthread_mutex_lock(&disk->lock);
    faulty_cut_locked(disk, survival);
    pthread_mutex_unlock(&disk->lock);
}

void faulty_cut_after(faulty_disk *disk, int64_t skip, faulty_survival survival) {
    pthread_mutex_lock(&disk->lock);
    disk->cut_at = skip < 0 ? -1 : disk->changes + skip + 1;
    disk->cut_survival = survival;
    pthread_mutex_unlock(&disk->lock);
}

int64_t faulty_changes(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    int64_t changes = disk->changes;
    pthread_mutex_unlock(&disk->lock);
    return changes;
}

int64_t faulty_cuts(faulty_disk *disk) { return faulty_count(disk, FAULTY_CUT); }

void faulty_note(
    faulty_disk *disk, faulty_kind kind, int result, const inode *node, int64_t offset,
    int64_t length) {
    if (!disk->keeps_journal) return;
    if (disk->journal_length == disk->journal_room) {
        int64_t room = disk->journal_room == 0 ? 256 : disk->journal_room * 2;
        faulty_entry *grown = realloc(disk->journal, (size_t)room * sizeof *grown);
        if (grown == NULL) return;
        disk->journal = grown;
        disk->journal_room = room;
    }
    disk->journal[disk->journal_length++] =
        (faulty_entry){kind, result, node == NULL ? 0 : node->number, offset, length};
}

void faulty_keep_journal(faulty_disk *disk, bool keep) {
    pthread_mutex_lock(&disk->lock);
    disk->keeps_journal = keep;
    pthread_mutex_unlock(&disk->lock);
}

void faulty_mark(faulty_disk *disk, int64_t number) {
    pthread_mutex_lock(&disk->lock);
    faulty_note(disk, FAULTY_MARK, 0, NULL, 0, number);
    pthread_mutex_unlock(&disk->lock);
}

int64_t faulty_journal_length(faulty_disk *disk) {
    pthread_mutex_lock(&disk->lock);
    int64_t length = disk->journal_length;
    pthread_mutex_unlock(&disk->lock);
    return length;
}

bool faulty_journal_entry(faulty_disk *disk, int64_t index, faulty_entry *entry) {
    pthread_mutex_lock(&disk->lock);
    bool found = index >= 0 && index < disk->journal_length;
    if (found) *entry = disk->journal[index];
    pthread_mutex_unlock(&disk->lock);
    return found;
}
