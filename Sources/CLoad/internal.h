// What the parts of CLoad share.

#ifndef CLOAD_INTERNAL_H
#define CLOAD_INTERNAL_H

#include <stdatomic.h>
#include <stddef.h>

#include "CLoad.h"

// Long enough for any source's minimum; it guards nothing but a throw-away relay on loopback.
#define CLOAD_TOKEN "benchmark-token-of-a-throw-away-relay"

// Every body begins with this and a number of 12 digits.
#define CLOAD_NUMBER_PREFIX "{\"n\":\""
#define CLOAD_NUMBER_DIGITS 12

enum { MARK_LIMIT = 1 << 20 };

typedef struct {
    // 64 linear buckets in each power of two.
    int64_t buckets[64 * 40];
    int64_t count;
    int64_t max;
} histogram;

void histogram_add(histogram *histogram, int64_t value);
cload_spread histogram_spread(const histogram *histogram);

void mark_accepted(int64_t number, int64_t at_ns);
void mark_arrived(int64_t number, int64_t at_ns);

int connect_loopback(int port);

#endif
