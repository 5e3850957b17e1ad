#include "internal.h"

static int bucket_of(int64_t value) {
    uint64_t v = value < 0 ? 0 : (uint64_t)value;
    if (v < 64) return (int)v;
    int power = 63 - __builtin_clzll(v);
    int bucket = (power - 5) * 64 + (int)((v >> (power - 6)) & 63);
    return bucket < 64 * 40 ? bucket : 64 * 40 - 1;
}

static int64_t value_of(int bucket) {
    if (bucket < 64) return bucket;
    int power = bucket / 64 + 5;
    return (int64_t)((64 + (uint64_t)(bucket % 64)) << (power - 6));
}

void histogram_add(histogram *histogram, int64_t value) {
    histogram->buckets[bucket_of(value)]++;
    histogram->count++;
    if (value > histogram->max) histogram->max = value;
}

static int64_t quantile(const histogram *histogram, double part) {
    int64_t wanted = (int64_t)((double)histogram->count * part);
    int64_t seen = 0;
    for (int i = 0; i < 64 * 40; i++) {
        seen += histogram->buckets[i];
        if (seen > wanted) return value_of(i);
    }
    return histogram->max;
}

cload_spread histogram_spread(const histogram *histogram) {
    return (cload_spread){
        .count = histogram->count,
        .p50_ns = quantile(histogram, 0.50),
        .p99_ns = quantile(histogram, 0.99),
        .p999_ns = quantile(histogram, 0.999),
        .max_ns = histogram->max,
    };
}
