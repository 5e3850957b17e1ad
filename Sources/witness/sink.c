// The sink: takes what arrives, writes it down, and only then answers, well or badly.
//
// Ledger, one line each:
//   M NS VERDICT LIFE PATH WEBHOOK_ID BODY
// LIFE is what the relay's header `x-witness-life` says: which of its lives has sent this.
// VERDICT is what the relay is told: `ok`; `busy` (503); `cut` (the connection ends without an
// answer); `half` (it ends inside the answer); `partN` (the N-th message of a batch is refused with
// 503, the others are taken).

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

#define SINGLE "{\"inletId\":\"witness\",\"xactionId\":\"w\",\"receivedTimeMs\":1}"
#define OPENING "{\"inletId\":\"witness\",\"batchId\":\"w\",\"receivedTimeMs\":1,\"responses\":["
#define TAKEN "{\"xactionId\":\"w\",\"statusCode\":200}"
#define REFUSED "{\"xactionId\":\"w\",\"statusCode\":503,\"message\":\"busy\"}"

static int64_t delay_us, trouble;
static uint64_t seed;

typedef enum { OK, BUSY, CUT, HALF, PART } verdict;

static int count_messages(const message *request) {
    int count = 0;
    const char *at = request->bytes + request->head;
    while ((at = strstr(at, NUMBER_PREFIX)) != NULL) {
        count++;
        at++;
    }
    return count;
}

static verdict decide(uint64_t *chance, bool is_batch) {
    if (trouble == 0 || draw(chance) % 1000 >= (uint64_t)trouble) return OK;
    return (verdict)(1 + draw(chance) % (is_batch ? 4 : 3));
}

static void write_down(const message *request, verdict verdict, int part) {
    static const char *const names[] = {"ok", "busy", "cut", "half"};
    char name[16], id[128], life[16];
    if (verdict == PART) {
        snprintf(name, sizeof name, "part%d", part);
    } else {
        snprintf(name, sizeof name, "%s", names[verdict]);
    }
    message_header(request, "webhook-id", id, sizeof id);
    message_header(request, "x-witness-life", life, sizeof life);
    const char *path = strchr(request->bytes, ' ') + 1;
    char *line = malloc(request->body + 1024);
    int used = sprintf(
        line, "M %lld %s %s %.*s %s ", (long long)now_ns(), name, life, (int)strcspn(path, " "),
        path, id);
    memcpy(line + used, request->bytes + request->head, request->body);
    line[(size_t)used + request->body] = '\n';
    ledger_write(line, (size_t)used + request->body + 1);
    free(line);
}

static size_t write_answer(char *out, verdict verdict, bool is_batch, int messages, int part) {
    if (verdict == BUSY) {
        return (size_t)sprintf(
            out, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n");
    }
    char *body = malloc((size_t)messages * 128 + 512);
    size_t used = (size_t)sprintf(body, "%s", is_batch ? OPENING : SINGLE);
    for (int i = 0; is_batch && i < messages; i++) {
        used += (size_t)sprintf(
            body + used, "%s%s", i > 0 ? "," : "", verdict == PART && i == part ? REFUSED : TAKEN);
    }
    if (is_batch) used += (size_t)sprintf(body + used, "]}");
    size_t bytes = (size_t)sprintf(
        out, "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
        is_batch ? "207 Multi-Status" : "200 OK", used, body);
    free(body);
    return bytes;
}

// False when the connection ends here.
static bool take(int descriptor, const message *request, uint64_t *chance) {
    int messages = count_messages(request);
    const char *line_end = strstr(request->bytes, "\r\n");
    const char *batch = strstr(request->bytes, "/batch/");
    bool is_batch = batch != NULL && batch < line_end;
    verdict verdict = decide(chance, is_batch);
    int part = messages > 0 ? (int)(draw(chance) % (uint64_t)messages) : 0;
    write_down(request, verdict, part);
    if (delay_us > 0) pause_us((int64_t)(draw(chance) % (uint64_t)delay_us));
    if (verdict == CUT) return false;
    char *answer = malloc((size_t)messages * 128 + 2048);
    size_t bytes = write_answer(answer, verdict, is_batch, messages, part);
    bool goes_on = send_all(descriptor, answer, verdict == HALF ? bytes - 20 : bytes);
    free(answer);
    return goes_on && verdict != HALF;
}

static void *serve(void *argument) {
    int descriptor = (int)(intptr_t)argument;
    uint64_t chance = seed ^ (uint64_t)now_ns();
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    message request = {0};
    while (message_read(descriptor, &request) && take(descriptor, &request, &chance)) {
        message_drop(&request);
    }
    close(descriptor);
    free(request.bytes);
    return NULL;
}

static void *accept_all(void *argument) {
    int listener = (int)(intptr_t)argument;
    for (;;) {
        int descriptor = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        pthread_t thread;
        if (descriptor < 0) {
            pause_us(1000);
        } else if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)descriptor) == 0) {
            pthread_detach(thread);
        } else {
            close(descriptor);
        }
    }
    return NULL;
}

int run_sink(int count, char **words) {
    delay_us = option(count, words, "delay-us", 0);
    trouble = option(count, words, "trouble", 0);
    seed = (uint64_t)option(count, words, "seed", 1);
    ledger_open(option_text(count, words, "ledger"));
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(listener, (struct sockaddr *)&address, length) != 0 || listen(listener, 1024) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &length) != 0) {
        fprintf(stderr, "witness: the sink cannot listen\n");
        return 2;
    }
    printf("sink at port %d\n", ntohs(address.sin_port));
    fflush(stdout);
    pthread_t thread;
    pthread_create(&thread, NULL, accept_all, (void *)(intptr_t)listener);
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {}
    return 0;
}
