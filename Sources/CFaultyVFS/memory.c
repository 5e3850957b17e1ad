// SQLite's memory, which can run short.

#include <malloc.h>
#include <pthread.h>

#include "internal.h"

static sqlite3_mem_methods system_methods;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int64_t left_to_skip;
static int64_t left_to_fail;
static int64_t failures;

static bool fails(void) {
    bool fails = false;
    pthread_mutex_lock(&lock);
    if (left_to_fail > 0 && left_to_skip-- <= 0) {
        left_to_fail--;
        failures++;
        fails = true;
    }
    pthread_mutex_unlock(&lock);
    return fails;
}

static void *take(int size) { return fails() ? NULL : system_methods.xMalloc(size); }

static void *take_again(void *memory, int size) {
    return fails() ? NULL : system_methods.xRealloc(memory, size);
}

// A disk is a few large pieces of memory, which glibc learns to take from its heap; there hundreds
// of disks leave gaps that none of the next fits into. So large pieces go back to the system.
enum { LARGE_BYTES = 256 * 1024 };

__attribute__((constructor)) static void stand_between(void) {
    mallopt(M_MMAP_THRESHOLD, LARGE_BYTES);
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_methods) != SQLITE_OK) return;
    sqlite3_mem_methods methods = system_methods;
    methods.xMalloc = take;
    methods.xRealloc = take_again;
    sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
}

void faulty_memory_fail(int64_t skip, int64_t times) {
    pthread_mutex_lock(&lock);
    left_to_skip = skip;
    left_to_fail = times;
    pthread_mutex_unlock(&lock);
}

void faulty_memory_forget(void) {
    pthread_mutex_lock(&lock);
    left_to_fail = 0;
    pthread_mutex_unlock(&lock);
}

int64_t faulty_memory_failures(void) {
    pthread_mutex_lock(&lock);
    int64_t count = failures;
    pthread_mutex_unlock(&lock);
    return count;
}

void faulty_memory_trim(void) { malloc_trim(0); }

int64_t faulty_memory_used(void) { return sqlite3_memory_used(); }
