// The sender: posts one event after the other on each connection and writes down what it was told.
//
// Ledger, one line each:
//   S NUMBER NS SOURCE BODY    about to send
//   A NUMBER NS ID             acknowledged with a 2xx
//   R NUMBER NS STATUS         refused
//   U NUMBER NS                the connection ended before an answer

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "witness.h"

enum { CONNECTION_LIMIT = 256, BODY_LIMIT = 65536, RECONNECT_US = 3000, ANSWER_SECONDS = 20 };

static struct {
    int port, connections, sources;
    int64_t big_bytes, pause_us;
    const char *token;
    uint64_t seed;
    _Atomic int64_t next;
    _Atomic bool is_over;
} plan;

// Spelled in ways that a reader and writer of JSON would change.
static const char *const pieces[] = {
    "a chat line, ", "caf\\u00e9 ", "\\/ ", "na\xc3\xafve ", "\\\"so\\\" ", "1E2 ", "  ", "\\t",
};

static size_t write_body(char *out, int64_t number, uint64_t *chance) {
    size_t wanted = draw(chance) % 500;
    if (plan.big_bytes > 0 && draw(chance) % 4 == 0) {
        wanted = draw(chance) % (uint64_t)plan.big_bytes;
    }
    size_t used = (size_t)sprintf(
        out, NUMBER_PREFIX "%0*lld\", \"lane\":\"%d\",\"x\" : 1.50,\"text\":\"", NUMBER_DIGITS,
        (long long)number, (int)(draw(chance) % 50));
    while (used < wanted) {
        const char *piece = pieces[draw(chance) % (sizeof pieces / sizeof pieces[0])];
        size_t bytes = strlen(piece);
        memcpy(out + used, piece, bytes);
        used += bytes;
    }
    memcpy(out + used, "\"}", 3);
    return used + 2;
}

static int connect_relay(void) {
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)plan.port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct timeval patience = {.tv_sec = ANSWER_SECONDS};
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) == 0) return descriptor;
    close(descriptor);
    return -1;
}

// Writes down what the relay said to one event.
static void note_answer(const message *answer, int64_t number) {
    int status = atoi(answer->bytes + strlen("HTTP/1.1 "));
    char *id = strstr(answer->bytes + answer->head, "\"id\":\"");
    if (status / 100 != 2 || id == NULL) {
        ledger_format("R %lld %lld %d\n", (long long)number, (long long)now_ns(), status);
        return;
    }
    id += strlen("\"id\":\"");
    ledger_format(
        "A %lld %lld %.*s\n", (long long)number, (long long)now_ns(), (int)strcspn(id, "\""), id);
}

// Posts one event; false when the connection is of no more use.
static bool post(int descriptor, message *answer, char *line, char *request, uint64_t *chance) {
    int64_t number = atomic_fetch_add(&plan.next, 1);
    int source = (int)(number % plan.sources);
    size_t head = (size_t)sprintf(
        line, "S %lld %lld %d ", (long long)number, (long long)now_ns(), source);
    size_t bytes = write_body(line + head, number, chance);
    int used = sprintf(
        request,
        "POST /hooks/source%d/transcript/%s HTTP/1.1\r\nHost: relay.test\r\n"
        "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n",
        source, plan.token, bytes);
    memcpy(request + used, line + head, bytes);
    line[head + bytes] = '\n';
    ledger_write(line, head + bytes + 1);
    if (send_all(descriptor, request, (size_t)used + bytes) && message_read(descriptor, answer)) {
        note_answer(answer, number);
        char connection[16];
        message_header(answer, "connection", connection, sizeof connection);
        message_drop(answer);
        return strcasecmp(connection, "close") != 0;
    }
    ledger_format("U %lld %lld\n", (long long)number, (long long)now_ns());
    return false;
}

static void *run_client(void *argument) {
    uint64_t chance = plan.seed ^ ((uint64_t)(intptr_t)argument << 32);
    char *line = malloc(BODY_LIMIT + 512);
    char *request = malloc(BODY_LIMIT + 1024);
    message answer = {0};
    int descriptor = -1;
    while (!atomic_load(&plan.is_over)) {
        if (descriptor < 0) {
            answer.used = 0;
            descriptor = connect_relay();
            if (descriptor < 0) pause_us(RECONNECT_US);
            continue;
        }
        if (!post(descriptor, &answer, line, request, &chance)) {
            close(descriptor);
            descriptor = -1;
        }
        pause_us(plan.pause_us);
    }
    if (descriptor >= 0) close(descriptor);
    free(line);
    free(request);
    free(answer.bytes);
    return NULL;
}

int run_sender(int count, char **words) {
    plan.port = (int)option(count, words, "port", 0);
    plan.connections = (int)option(count, words, "connections", 8);
    plan.sources = (int)option(count, words, "sources", 1);
    plan.big_bytes = option(count, words, "big", 0);
    if (plan.big_bytes > BODY_LIMIT - 1024) plan.big_bytes = BODY_LIMIT - 1024;
    plan.pause_us = option(count, words, "pause-us", 0);
    plan.seed = (uint64_t)option(count, words, "seed", 1);
    plan.token = option_text(count, words, "token");
    atomic_store(&plan.next, option(count, words, "first", 1));
    ledger_open(option_text(count, words, "ledger"));
    if (plan.connections > CONNECTION_LIMIT) plan.connections = CONNECTION_LIMIT;
    pthread_t threads[CONNECTION_LIMIT];
    for (intptr_t i = 0; i < plan.connections; i++) {
        pthread_create(&threads[i], NULL, run_client, (void *)(i + 1));
    }
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {}
    atomic_store(&plan.is_over, true);
    for (int i = 0; i < plan.connections; i++) pthread_join(threads[i], NULL);
    return 0;
}
