#include <string.h>

#include "internal.h"

static _Atomic int64_t accepted_at[MARK_LIMIT];
static _Atomic int64_t arrived_at[MARK_LIMIT];

void cload_marks_reset(void) {
    for (int i = 0; i < MARK_LIMIT; i++) {
        atomic_store_explicit(&accepted_at[i], 0, memory_order_relaxed);
        atomic_store_explicit(&arrived_at[i], 0, memory_order_relaxed);
    }
}

// Numbers go round; whoever measures resets the marks before and sends fewer than the limit.
void mark_accepted(int64_t number, int64_t at_ns) {
    atomic_store_explicit(&accepted_at[number % MARK_LIMIT], at_ns, memory_order_relaxed);
}

void mark_arrived(int64_t number, int64_t at_ns) {
    atomic_store_explicit(&arrived_at[number % MARK_LIMIT], at_ns, memory_order_relaxed);
}

cload_spread cload_trips(void) {
    histogram trips;
    memset(&trips, 0, sizeof trips);
    for (int i = 0; i < MARK_LIMIT; i++) {
        int64_t accepted = atomic_load_explicit(&accepted_at[i], memory_order_relaxed);
        int64_t arrived = atomic_load_explicit(&arrived_at[i], memory_order_relaxed);
        if (accepted == 0 || arrived == 0) continue;
        histogram_add(&trips, arrived > accepted ? arrived - accepted : 0);
    }
    return histogram_spread(&trips);
}
