// CLoad: a load generator and a sink for measuring, on loopback.
//
// For: `holdfast bench`. C, because generator and sink share the machine's cores with what they
// measure: one thread each, epoll, nothing allocated per request.
//
// Promises: only numbers cross this border, so that Swift needs no pointers; every body is a JSON
// object that differs from all others of the process; times are nanoseconds of the monotonic clock.
//
// Never: another address than 127.0.0.1, a file other than the descriptor given to the probe.
//
// Fails: with a negative errno where a number is returned; a broken connection is counted and
// opened again.

#ifndef CLOAD_H
#define CLOAD_H

#include <stdint.h>

// A distribution of durations. Buckets are 1.6 % wide.
typedef struct {
    int64_t count;
    int64_t p50_ns;
    int64_t p99_ns;
    int64_t p999_ns;
    int64_t max_ns;
} cload_spread;

typedef struct {
    int32_t port;
    int32_t connections;
    int32_t body_bytes;
    // Posts to /hooks/source<N>/transcript/<token>; the token is `cload_token`.
    int32_t source;
    // Sends no more after this many requests or this time; 0: no bound.
    int64_t requests;
    int64_t duration_ms;
    // Pause of each connection between an answer and its next request.
    int64_t pause_us;
    // Notes when each 200 arrived, for `cload_trips`.
    int32_t marks;
} cload_plan;

typedef struct {
    // 2xx, other answers, connections that broke.
    int64_t accepted;
    int64_t refused;
    int64_t broken;
    // From the first request to the last answer.
    int64_t elapsed_ns;
    cload_spread latency;
} cload_result;

// Runs a load on the calling thread.
cload_result cload_run(cload_plan plan);

// Waits until one event is accepted, trying again every millisecond while nobody listens.
// Returns the time waited, or a negative errno after the limit.
int64_t cload_first_accept_ns(cload_plan plan, int64_t limit_ms);

typedef struct {
    int64_t requests;
    int64_t messages;
    int64_t first_ns;
    int64_t last_ns;
    int64_t in_flight_max;
} cload_sink_counts;

// The words in the sink's refusals.
#define CLOAD_REFUSAL_WORDS "the bench refuses this message"

// Starts a sink on a thread of its own; at most 8 at a time.
// - port: 0: any that is free.
// - delay_ms: of each answer; negative: never answers.
// - marks: notes when each message arrives, for `cload_trips`.
// Returns its number, or a negative errno.
int32_t cload_sink_start(int32_t port, int32_t delay_ms, int32_t marks);
int32_t cload_sink_port(int32_t sink);
cload_sink_counts cload_sink_read(int32_t sink);
void cload_sink_reset(int32_t sink);
// From now on refuses with `status` (0: not), and with 400 every request that holds a message whose
// number is a multiple of `poison_every` (0: none).
void cload_sink_misbehave(int32_t sink, int32_t poison_every, int32_t status);
// Waits for a number of messages; returns 0, or -ETIMEDOUT.
int32_t cload_sink_wait(int32_t sink, int64_t messages, int64_t limit_ms);
void cload_sink_stop(int32_t sink);

// Forgets all marks.
void cload_marks_reset(void);
// From the 200 to the arrival at a sink, for every message with both marks. An arrival that comes
// before the generator has read its 200 counts as 0.
cload_spread cload_trips(void);

// Appends 4 KiB and syncs them, again and again: what the disk itself costs.
cload_spread cload_sync_probe(int32_t descriptor, int32_t rounds);

int64_t cload_now_ns(void);

#endif
