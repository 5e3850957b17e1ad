#include "CSanitizers.h"

#if __has_feature(thread_sanitizer)

#include <errno.h>
#include <linux/futex.h>
#include <sanitizer/tsan_interface.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

// As Swift calls them: the Mutex, whose one word is the futex, comes in the register of `self`.
#define SWIFT_METHOD __attribute__((swiftcall))
#define SWIFT_SELF __attribute__((swift_context))

// Synchronization._MutexHandle._lockSlow(UInt32) and ._unlockSlow()
SWIFT_METHOD void lock_slow(uint32_t thread, SWIFT_SELF uint32_t *word) __asm__(
    "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
SWIFT_METHOD void unlock_slow(SWIFT_SELF uint32_t *word) __asm__(
    "$s15Synchronization12_MutexHandleV11_unlockSlowyyF");

SWIFT_METHOD void lock_slow(uint32_t thread, SWIFT_SELF uint32_t *word) {
    (void)thread;
    while (syscall(SYS_futex, word, FUTEX_LOCK_PI_PRIVATE, 0, NULL, NULL, 0) != 0) {
        // Anything else is a Mutex locked twice by one thread.
        if (errno != EINTR && errno != EAGAIN) abort();
    }
    __tsan_acquire(word);
}

SWIFT_METHOD void unlock_slow(SWIFT_SELF uint32_t *word) {
    __tsan_release(word);
    while (syscall(SYS_futex, word, FUTEX_UNLOCK_PI_PRIVATE, 0, NULL, NULL, 0) != 0) {
        if (errno != EINTR) abort();
    }
}

#endif
