#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

enum { SINK_LIMIT = 8, HEAD_LIMIT = 8192, CHUNK_BYTES = 262144, HEAD_ROOM = 512 };

// One Platform answers with: documented dialect, position by position.
#define ELEMENT "{\"xactionId\":\"bench\",\"statusCode\":200}"
#define SINGLE_ANSWER "{\"inletId\":\"bench\",\"xactionId\":\"bench\",\"receivedTimeMs\":1}"
#define REFUSAL "{\"title\":\"Bad Request\",\"status\":%d,\"detail\":\"" CLOAD_REFUSAL_WORDS "\"}"
#define BATCH_OPENING "{\"inletId\":\"bench\",\"batchId\":\"bench\",\"receivedTimeMs\":1,\"responses\":["

typedef struct peer {
    int descriptor;
    char head[HEAD_LIMIT];
    int head_bytes;
    bool in_body;
    bool is_batch;
    int64_t body_left;
    int messages;
    // How much of the number's prefix and digits the last bytes of the body were.
    int matched;
    int64_t number;
    bool is_poisoned;
    char *out;
    size_t out_room;
    size_t out_bytes;
    size_t out_sent;
    int64_t due_ns;
    struct peer *next_due;
    struct peer *next;
} peer;

typedef struct {
    int listener;
    int epoll;
    int wake;
    int port;
    int delay_ms;
    bool marks;
    _Atomic int poison_every;
    _Atomic int forced_status;
    pthread_t thread;
    char *chunk;
    peer *peers;
    // With one delay for all, answers fall due in the order of their requests.
    peer *first_due;
    peer *last_due;
    int64_t in_flight;
    _Atomic bool must_stop;
    _Atomic int64_t requests, messages, first_ns, last_ns, in_flight_max;
    pthread_mutex_t lock;
    pthread_cond_t arrived;
    _Atomic int64_t awaited;
    bool in_use;
} sink;

static sink sinks[SINK_LIMIT];

static void watch(sink *sink, peer *peer, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = peer};
    epoll_ctl(sink->epoll, operation, peer->descriptor, &event);
}

static void forget(sink *sink, peer *gone) {
    peer *before = NULL;
    for (peer *p = sink->first_due; p != NULL; before = p, p = p->next_due) {
        if (p != gone) continue;
        if (before != NULL) before->next_due = p->next_due;
        if (sink->first_due == p) sink->first_due = p->next_due;
        if (sink->last_due == p) sink->last_due = before;
        break;
    }
    peer **link = &sink->peers;
    while (*link != gone) link = &(*link)->next;
    *link = gone->next;
    // A child that is just being started still has the descriptor, so that closing it alone would
    // not end the watch.
    watch(sink, gone, EPOLL_CTL_DEL, 0);
    close(gone->descriptor);
    free(gone->out);
    free(gone);
}

static void push(sink *sink, peer *peer) {
    while (peer->out_sent < peer->out_bytes) {
        ssize_t count = send(
            peer->descriptor, peer->out + peer->out_sent, peer->out_bytes - peer->out_sent,
            MSG_NOSIGNAL);
        if (count > 0) {
            peer->out_sent += (size_t)count;
        } else if (errno != EINTR) {
            watch(sink, peer, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
            return;
        }
    }
}

static void make_room(peer *peer, size_t bytes) {
    if (peer->out_room >= bytes) return;
    peer->out_room = bytes * 2;
    peer->out = realloc(peer->out, peer->out_room);
}

static void refuse(peer *peer, int status) {
    char body[256];
    int body_bytes = snprintf(body, sizeof body, REFUSAL, status);
    make_room(peer, HEAD_ROOM + sizeof body);
    peer->out_bytes = (size_t)snprintf(
        peer->out, HEAD_ROOM + sizeof body,
        "HTTP/1.1 %d Refused\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
        status, body_bytes, body);
}

static void take_all(peer *peer) {
    size_t elements = peer->is_batch && peer->messages > 0 ? (size_t)peer->messages : 0;
    size_t body = elements == 0
        ? strlen(SINGLE_ANSWER)
        : strlen(BATCH_OPENING) + elements * (strlen(ELEMENT) + 1) - 1 + 2;
    make_room(peer, HEAD_ROOM + body);
    size_t used = (size_t)snprintf(
        peer->out, HEAD_ROOM,
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
        elements == 0 ? "200 OK" : "207 Multi-Status", body);
    if (elements == 0) {
        memcpy(peer->out + used, SINGLE_ANSWER, body);
        used += body;
    } else {
        memcpy(peer->out + used, BATCH_OPENING, strlen(BATCH_OPENING));
        used += strlen(BATCH_OPENING);
        for (size_t i = 0; i < elements; i++) {
            if (i > 0) peer->out[used++] = ',';
            memcpy(peer->out + used, ELEMENT, strlen(ELEMENT));
            used += strlen(ELEMENT);
        }
        memcpy(peer->out + used, "]}", 2);
        used += 2;
    }
    peer->out_bytes = used;
}

static void answer(sink *sink, peer *peer) {
    int forced = atomic_load_explicit(&sink->forced_status, memory_order_relaxed);
    if (forced != 0) refuse(peer, forced);
    else if (peer->is_poisoned) refuse(peer, 400);
    else take_all(peer);
    peer->is_poisoned = false;
    peer->out_sent = 0;
    peer->in_body = false;
    peer->messages = 0;
    peer->head_bytes = 0;
    sink->in_flight--;
    push(sink, peer);
}

static void note_arrival(sink *sink, peer *peer, int64_t now) {
    atomic_fetch_add_explicit(&sink->requests, 1, memory_order_relaxed);
    if (atomic_load_explicit(&sink->first_ns, memory_order_relaxed) == 0) {
        atomic_store_explicit(&sink->first_ns, now, memory_order_relaxed);
    }
    atomic_store_explicit(&sink->last_ns, now, memory_order_relaxed);
    sink->in_flight++;
    if (sink->in_flight > atomic_load_explicit(&sink->in_flight_max, memory_order_relaxed)) {
        atomic_store_explicit(&sink->in_flight_max, sink->in_flight, memory_order_relaxed);
    }
    int64_t count = peer->messages > 0 ? peer->messages : 1;
    int64_t all = atomic_fetch_add_explicit(&sink->messages, count, memory_order_release) + count;
    if (all < atomic_load_explicit(&sink->awaited, memory_order_acquire)) return;
    pthread_mutex_lock(&sink->lock);
    pthread_cond_broadcast(&sink->arrived);
    pthread_mutex_unlock(&sink->lock);
}

static void finish_request(sink *sink, peer *peer) {
    int64_t now = cload_now_ns();
    note_arrival(sink, peer, now);
    if (sink->delay_ms == 0) {
        answer(sink, peer);
    } else if (sink->delay_ms > 0) {
        peer->due_ns = now + (int64_t)sink->delay_ms * 1000000;
        peer->next_due = NULL;
        if (sink->last_due != NULL) sink->last_due->next_due = peer;
        else sink->first_due = peer;
        sink->last_due = peer;
    }
}

// Counts messages by the beginning every body of the generator has, also across pieces.
static void scan(sink *sink, peer *peer, const char *bytes, size_t count) {
    static const int prefix = sizeof CLOAD_NUMBER_PREFIX - 1;
    int poison_every = atomic_load_explicit(&sink->poison_every, memory_order_relaxed);
    const char *end = bytes + count;
    while (bytes < end) {
        if (peer->matched == 0) {
            bytes = memchr(bytes, '{', (size_t)(end - bytes));
            if (bytes == NULL) return;
        }
        char byte = *bytes++;
        if (peer->matched < prefix) {
            if (byte == CLOAD_NUMBER_PREFIX[peer->matched]) {
                peer->matched++;
            } else {
                peer->matched = byte == '{' ? 1 : 0;
            }
            if (peer->matched != prefix) continue;
            peer->messages++;
            peer->number = 0;
            if (!sink->marks && poison_every == 0) peer->matched = 0;
        } else {
            peer->number = peer->number * 10 + (byte - '0');
            if (++peer->matched < prefix + CLOAD_NUMBER_DIGITS) continue;
            if (sink->marks) mark_arrived(peer->number, cload_now_ns());
            if (poison_every > 0 && peer->number % poison_every == 0) peer->is_poisoned = true;
            peer->matched = 0;
        }
    }
}

static void take_body(sink *sink, peer *peer, const char *bytes, size_t count) {
    scan(sink, peer, bytes, count);
    peer->body_left -= (int64_t)count;
    if (peer->body_left <= 0) finish_request(sink, peer);
}

// False when the head is too long or has no length: no request of the relay's.
static bool take_head(peer *peer, const char *bytes, size_t count) {
    if (peer->head_bytes + count >= HEAD_LIMIT) count = (size_t)(HEAD_LIMIT - 1 - peer->head_bytes);
    memcpy(peer->head + peer->head_bytes, bytes, count);
    int before = peer->head_bytes;
    peer->head_bytes += (int)count;
    peer->head[peer->head_bytes] = 0;
    char *end = strstr(peer->head, "\r\n\r\n");
    if (end == NULL) return peer->head_bytes < HEAD_LIMIT - 1;
    char *length = strcasestr(peer->head, "\r\ncontent-length:");
    if (length == NULL || length > end) return false;
    peer->body_left = strtoll(length + 17, NULL, 10);
    char *line = strstr(peer->head, "\r\n");
    char *batch = strstr(peer->head, "/batch/");
    peer->is_batch = batch != NULL && batch < line;
    peer->in_body = true;
    peer->matched = 0;
    peer->messages = 0;
    size_t used = (size_t)(end + 4 - peer->head) - (size_t)before;
    return used <= count;
}

static bool receive(sink *sink, peer *peer) {
    ssize_t count = recv(peer->descriptor, sink->chunk, CHUNK_BYTES, 0);
    if (count < 0) return errno == EAGAIN || errno == EINTR;
    if (count == 0) return false;
    const char *bytes = sink->chunk;
    size_t left = (size_t)count;
    if (!peer->in_body) {
        int before = peer->head_bytes;
        if (!take_head(peer, bytes, left)) return false;
        if (!peer->in_body) return true;
        size_t head = (size_t)(strstr(peer->head, "\r\n\r\n") + 4 - peer->head) - (size_t)before;
        bytes += head;
        left -= head;
    }
    take_body(sink, peer, bytes, left);
    return true;
}

static void accept_peers(sink *sink) {
    while (true) {
        int descriptor = accept4(sink->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) return;
        int on = 1;
        setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        peer *new = calloc(1, sizeof *new);
        new->descriptor = descriptor;
        new->next = sink->peers;
        sink->peers = new;
        watch(sink, new, EPOLL_CTL_ADD, EPOLLIN);
    }
}

static int answer_due(sink *sink) {
    while (sink->first_due != NULL) {
        int64_t left = sink->first_due->due_ns - cload_now_ns();
        if (left > 0) return (int)(left / 1000000) + 1;
        peer *due = sink->first_due;
        sink->first_due = due->next_due;
        if (sink->first_due == NULL) sink->last_due = NULL;
        answer(sink, due);
    }
    return -1;
}

static void *serve(void *argument) {
    sink *sink = argument;
    struct epoll_event events[64];
    while (!atomic_load(&sink->must_stop)) {
        int count = epoll_wait(sink->epoll, events, 64, answer_due(sink));
        for (int i = 0; i < count; i++) {
            void *who = events[i].data.ptr;
            if (who == &sink->wake) continue;
            if (who == &sink->listener) {
                accept_peers(sink);
                continue;
            }
            peer *peer = who;
            if (events[i].events & EPOLLOUT) {
                watch(sink, peer, EPOLL_CTL_MOD, EPOLLIN);
                push(sink, peer);
            }
            if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR) && !receive(sink, peer)) {
                if (peer->in_body) sink->in_flight--;
                forget(sink, peer);
            }
        }
    }
    return NULL;
}

static int open_sink(sink *sink, int port) {
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
        .sin_port = htons((uint16_t)port)};
    socklen_t length = sizeof address;
    sink->listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sink->epoll = epoll_create1(EPOLL_CLOEXEC);
    sink->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (sink->listener < 0 || sink->epoll < 0 || sink->wake < 0) return -errno;
    if (bind(sink->listener, (struct sockaddr *)&address, length) != 0 ||
        listen(sink->listener, 1024) != 0 ||
        getsockname(sink->listener, (struct sockaddr *)&address, &length) != 0) {
        return -errno;
    }
    sink->port = ntohs(address.sin_port);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = &sink->listener};
    epoll_ctl(sink->epoll, EPOLL_CTL_ADD, sink->listener, &event);
    event.data.ptr = &sink->wake;
    epoll_ctl(sink->epoll, EPOLL_CTL_ADD, sink->wake, &event);
    return 0;
}

int32_t cload_sink_start(int32_t port, int32_t delay_ms, int32_t marks) {
    for (int i = 0; i < SINK_LIMIT; i++) {
        sink *sink = &sinks[i];
        if (sink->in_use) continue;
        memset(sink, 0, sizeof *sink);
        int result = open_sink(sink, port);
        if (result != 0) return result;
        sink->in_use = true;
        sink->delay_ms = delay_ms;
        sink->marks = marks != 0;
        sink->chunk = malloc(CHUNK_BYTES);
        pthread_mutex_init(&sink->lock, NULL);
        pthread_cond_init(&sink->arrived, NULL);
        atomic_store(&sink->awaited, INT64_MAX);
        result = pthread_create(&sink->thread, NULL, serve, sink);
        return result == 0 ? i : -result;
    }
    return -EMFILE;
}

int32_t cload_sink_port(int32_t number) { return sinks[number].port; }

cload_sink_counts cload_sink_read(int32_t number) {
    sink *sink = &sinks[number];
    return (cload_sink_counts){
        .requests = atomic_load(&sink->requests),
        .messages = atomic_load(&sink->messages),
        .first_ns = atomic_load(&sink->first_ns),
        .last_ns = atomic_load(&sink->last_ns),
        .in_flight_max = atomic_load(&sink->in_flight_max),
    };
}

void cload_sink_misbehave(int32_t number, int32_t poison_every, int32_t status) {
    atomic_store(&sinks[number].poison_every, poison_every);
    atomic_store(&sinks[number].forced_status, status);
}

void cload_sink_reset(int32_t number) {
    sink *sink = &sinks[number];
    atomic_store(&sink->requests, 0);
    atomic_store(&sink->messages, 0);
    atomic_store(&sink->first_ns, 0);
    atomic_store(&sink->in_flight_max, 0);
}

int32_t cload_sink_wait(int32_t number, int64_t messages, int64_t limit_ms) {
    sink *sink = &sinks[number];
    int64_t deadline = cload_now_ns() + limit_ms * 1000000;
    int32_t result = 0;
    atomic_store(&sink->awaited, messages);
    pthread_mutex_lock(&sink->lock);
    while (atomic_load(&sink->messages) < messages) {
        if (cload_now_ns() > deadline) {
            result = -ETIMEDOUT;
            break;
        }
        // Bounded, so that the limit holds while nothing arrives.
        struct timespec until;
        clock_gettime(CLOCK_REALTIME, &until);
        until.tv_sec += 1;
        pthread_cond_timedwait(&sink->arrived, &sink->lock, &until);
    }
    pthread_mutex_unlock(&sink->lock);
    atomic_store(&sink->awaited, INT64_MAX);
    return result;
}

void cload_sink_stop(int32_t number) {
    sink *sink = &sinks[number];
    atomic_store(&sink->must_stop, true);
    eventfd_write(sink->wake, 1);
    pthread_join(sink->thread, NULL);
    while (sink->peers != NULL) forget(sink, sink->peers);
    close(sink->listener);
    close(sink->epoll);
    close(sink->wake);
    free(sink->chunk);
    sink->in_use = false;
}
