#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

enum { ANSWER_BYTES = 4096, HEAD_BYTES = 512 };

typedef struct {
    int descriptor;
    // The whole request; only the number in it changes.
    char *request;
    int request_bytes;
    int sent;
    bool is_waiting;
    int64_t number;
    int64_t started_ns;
    char answer[ANSWER_BYTES];
    int answer_bytes;
} client;

typedef struct {
    cload_plan plan;
    int epoll;
    client *clients;
    int number_offset;
    int64_t issued;
    int outstanding;
    int64_t deadline_ns;
    int64_t last_ns;
    cload_result result;
    histogram latency;
} load;

// No two bodies of a process are alike.
static _Atomic int64_t next_number = 1;

static int write_request(char *out, const cload_plan *plan, int *number_offset) {
    int head = snprintf(
        out, HEAD_BYTES,
        "POST /hooks/source%d/transcript/" CLOAD_TOKEN " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/json\r\nUser-Agent: holdfast-bench\r\n"
        "Content-Length: %d\r\n\r\n",
        plan->source, plan->body_bytes);
    char *body = out + head;
    int used = snprintf(
        body, HEAD_BYTES, CLOAD_NUMBER_PREFIX "%0*d\",\"event\":\"benchmark\",\"text\":\"",
        CLOAD_NUMBER_DIGITS, 0);
    while (used < plan->body_bytes - 2) {
        body[used] = "a chat line, "[used % 13];
        used++;
    }
    memcpy(body + used, "\"}", 2);
    *number_offset = head + (int)strlen(CLOAD_NUMBER_PREFIX);
    return head + plan->body_bytes;
}

static void write_number(char *out, int64_t number) {
    for (int i = CLOAD_NUMBER_DIGITS - 1; i >= 0; i--) {
        out[i] = (char)('0' + number % 10);
        number /= 10;
    }
}

static void watch(load *load, client *client, int operation, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = client};
    epoll_ctl(load->epoll, operation, client->descriptor, &event);
}

static int open_client(load *load, client *client) {
    int descriptor = connect_loopback(load->plan.port);
    if (descriptor < 0) return descriptor;
    fcntl(descriptor, F_SETFL, O_NONBLOCK);
    client->descriptor = descriptor;
    client->answer_bytes = 0;
    client->is_waiting = false;
    watch(load, client, EPOLL_CTL_ADD, EPOLLIN);
    return 0;
}

static void push(load *load, client *client) {
    while (client->sent < client->request_bytes) {
        ssize_t count = send(
            client->descriptor, client->request + client->sent,
            (size_t)(client->request_bytes - client->sent), MSG_NOSIGNAL);
        if (count > 0) {
            client->sent += (int)count;
        } else if (errno != EINTR) {
            // Full: wait for room. Broken: the next read says so.
            watch(load, client, EPOLL_CTL_MOD, EPOLLIN | EPOLLOUT);
            return;
        }
    }
}

static void issue(load *load, client *client) {
    int64_t now = cload_now_ns();
    if ((load->plan.requests > 0 && load->issued >= load->plan.requests) ||
        (load->deadline_ns > 0 && now >= load->deadline_ns)) {
        return;
    }
    load->issued++;
    load->outstanding++;
    client->number = atomic_fetch_add_explicit(&next_number, 1, memory_order_relaxed);
    write_number(client->request + load->number_offset, client->number);
    client->sent = 0;
    client->answer_bytes = 0;
    client->is_waiting = true;
    client->started_ns = now;
    push(load, client);
}

static void break_client(load *load, client *client) {
    // As in the sink: closing alone would not end the watch while a child is being started.
    watch(load, client, EPOLL_CTL_DEL, 0);
    close(client->descriptor);
    client->descriptor = -1;
    if (client->is_waiting) {
        load->result.broken++;
        load->outstanding--;
        // Its events stay unknown; a number is never used twice.
        if (load->plan.requests > 0) load->issued--;
    }
    if (open_client(load, client) == 0) issue(load, client);
}

// Bytes of a complete answer, or 0 when more must come.
static int complete_answer(client *client) {
    client->answer[client->answer_bytes] = 0;
    char *end = strstr(client->answer, "\r\n\r\n");
    if (end == NULL) return 0;
    char *length = strcasestr(client->answer, "\r\ncontent-length:");
    long body = length != NULL && length < end ? strtol(length + 17, NULL, 10) : 0;
    long whole = end + 4 - client->answer + body;
    return client->answer_bytes >= whole ? (int)whole : 0;
}

static void pause_before_next(const load *load) {
    if (load->plan.pause_us <= 0) return;
    struct timespec pause = {
        .tv_sec = load->plan.pause_us / 1000000,
        .tv_nsec = load->plan.pause_us % 1000000 * 1000,
    };
    nanosleep(&pause, NULL);
}

static void receive(load *load, client *client) {
    ssize_t count = recv(
        client->descriptor, client->answer + client->answer_bytes,
        (size_t)(ANSWER_BYTES - 1 - client->answer_bytes), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) {
        break_client(load, client);
        return;
    }
    client->answer_bytes += (int)count;
    if (!client->is_waiting || complete_answer(client) == 0) return;
    int64_t now = cload_now_ns();
    // "HTTP/1.1 2"
    bool is_accepted = client->answer_bytes > 9 && client->answer[9] == '2';
    if (is_accepted) {
        load->result.accepted++;
    } else {
        load->result.refused++;
    }
    if (is_accepted && load->plan.marks) mark_accepted(client->number, now);
    histogram_add(&load->latency, now - client->started_ns);
    load->last_ns = now;
    load->outstanding--;
    client->is_waiting = false;
    pause_before_next(load);
    issue(load, client);
}

static void turn(load *load) {
    struct epoll_event events[64];
    int count = epoll_wait(load->epoll, events, 64, 1000);
    for (int i = 0; i < count; i++) {
        client *client = events[i].data.ptr;
        if (events[i].events & EPOLLOUT) {
            watch(load, client, EPOLL_CTL_MOD, EPOLLIN);
            push(load, client);
        }
        if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(load, client);
    }
}

cload_result cload_run(cload_plan plan) {
    enum { SMALLEST = 128, STRAGGLER_SECONDS = 30 };
    if (plan.body_bytes < SMALLEST) plan.body_bytes = SMALLEST;
    load *run = calloc(1, sizeof *run);
    run->plan = plan;
    run->epoll = epoll_create1(EPOLL_CLOEXEC);
    run->clients = calloc((size_t)plan.connections, sizeof *run->clients);
    int64_t start = cload_now_ns();
    run->last_ns = start;
    if (plan.duration_ms > 0) run->deadline_ns = start + plan.duration_ms * 1000000;
    for (int i = 0; i < plan.connections; i++) {
        client *client = &run->clients[i];
        client->request = malloc((size_t)(plan.body_bytes + 2 * HEAD_BYTES));
        client->request_bytes = write_request(client->request, &plan, &run->number_offset);
        client->descriptor = -1;
        if (open_client(run, client) == 0) issue(run, client);
    }
    // Answers that never come must not keep the measurer for ever.
    int64_t patience = run->deadline_ns + STRAGGLER_SECONDS * 1000000000LL;
    while (run->outstanding > 0) {
        turn(run);
        if (run->deadline_ns > 0 && cload_now_ns() > patience) break;
    }
    run->result.elapsed_ns = run->last_ns - start;
    run->result.latency = histogram_spread(&run->latency);
    cload_result result = run->result;
    for (int i = 0; i < plan.connections; i++) {
        if (run->clients[i].descriptor >= 0) close(run->clients[i].descriptor);
        free(run->clients[i].request);
    }
    close(run->epoll);
    free(run->clients);
    free(run);
    return result;
}

int64_t cload_first_accept_ns(cload_plan plan, int64_t limit_ms) {
    int64_t start = cload_now_ns();
    plan.connections = 1;
    plan.requests = 1;
    plan.duration_ms = limit_ms;
    while (cload_now_ns() - start < limit_ms * 1000000) {
        int probe = connect_loopback(plan.port);
        if (probe >= 0) {
            close(probe);
            if (cload_run(plan).accepted == 1) return cload_now_ns() - start;
        }
        struct timespec pause = {.tv_nsec = 1000000};
        nanosleep(&pause, NULL);
    }
    return -ETIMEDOUT;
}
