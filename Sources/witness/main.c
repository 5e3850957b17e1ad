// witness: a sender and a sink for the kill rounds, in processes of their own.
//
// For: the tests that kill the relay. What was acknowledged and what arrived is written down by
// programs that share no line of code, no process and no fate with it.
//
// Promises: a line is in the ledger before the request, or the answer, that it tells of leaves;
// the number in a body is used once. Both end when their standard input ends.
//
// Never: another address than 127.0.0.1; part of what is installed.
//
// Fails: with a sentence on standard error and exit code 2; a lost connection is an event like
// any other and is written down.
//
//   witness send --port N --connections N --ledger FILE --seed N [--first N] [--big N]
//                [--pause-us N] [--sources N]
//   witness sink --ledger FILE --seed N [--delay-us N] [--trouble N]

#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "witness.h"

static int ledger = -1;

int64_t option(int count, char **words, const char *name, int64_t otherwise) {
    const char *text = option_text(count, words, name);
    return text == NULL ? otherwise : strtoll(text, NULL, 10);
}

const char *option_text(int count, char **words, const char *name) {
    for (int i = 0; i + 1 < count; i++) {
        if (strncmp(words[i], "--", 2) == 0 && strcmp(words[i] + 2, name) == 0) {
            return words[i + 1];
        }
    }
    return NULL;
}

void ledger_open(const char *path) {
    if (path != NULL) ledger = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (ledger >= 0) return;
    fprintf(stderr, "witness: no ledger can be opened\n");
    exit(2);
}

void ledger_write(const char *line, size_t bytes) {
    if (write(ledger, line, bytes) == (ssize_t)bytes) return;
    fprintf(stderr, "witness: the ledger cannot be written\n");
    exit(2);
}

void ledger_format(const char *format, ...) {
    char line[512];
    va_list arguments;
    va_start(arguments, format);
    int bytes = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    ledger_write(line, (size_t)bytes);
}

int64_t now_ns(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

void pause_us(int64_t microseconds) {
    struct timespec pause = {
        .tv_sec = microseconds / 1000000, .tv_nsec = microseconds % 1000000 * 1000};
    if (microseconds > 0) nanosleep(&pause, NULL);
}

// SplitMix64.
uint64_t draw(uint64_t *state) {
    uint64_t mixed = *state += 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

bool send_all(int descriptor, const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t sent = send(descriptor, bytes, count, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes += sent;
        count -= (size_t)sent;
    }
    return true;
}

static bool fill(int descriptor, message *message) {
    if (message->room - message->used < 65536) {
        message->room = message->room * 2 + 131072;
        message->bytes = realloc(message->bytes, message->room);
        if (message->bytes == NULL) abort();
    }
    ssize_t count = recv(
        descriptor, message->bytes + message->used, message->room - message->used - 1, 0);
    if (count <= 0) return false;
    message->used += (size_t)count;
    message->bytes[message->used] = 0;
    return true;
}

bool message_read(int descriptor, message *message) {
    char *end = NULL;
    while (message->used == 0 || (end = strstr(message->bytes, "\r\n\r\n")) == NULL) {
        if (!fill(descriptor, message)) return false;
    }
    message->head = (size_t)(end + 4 - message->bytes);
    char length[32];
    message_header(message, "content-length", length, sizeof length);
    message->body = length[0] == '-' ? 0 : strtoull(length, NULL, 10);
    while (message->used < message->head + message->body) {
        if (!fill(descriptor, message)) return false;
    }
    return true;
}

void message_drop(message *message) {
    size_t whole = message->head + message->body;
    memmove(message->bytes, message->bytes + whole, message->used - whole);
    message->used -= whole;
    message->bytes[message->used] = 0;
}

void message_header(const message *message, const char *name, char *out, size_t room) {
    snprintf(out, room, "-");
    const char *end = message->bytes + message->head;
    size_t length = strlen(name);
    for (const char *line = message->bytes; line < end; line = strstr(line, "\r\n") + 2) {
        if (strncasecmp(line, name, length) != 0 || line[length] != ':') continue;
        const char *value = line + length + 1;
        while (*value == ' ') value++;
        size_t bytes = strcspn(value, "\r\n");
        snprintf(out, room, "%.*s", (int)(bytes < room ? bytes : room - 1), value);
        return;
    }
}

int main(int count, char **words) {
    signal(SIGPIPE, SIG_IGN);
    if (count > 1 && strcmp(words[1], "send") == 0) return run_sender(count, words);
    if (count > 1 && strcmp(words[1], "sink") == 0) return run_sink(count, words);
    fprintf(stderr, "usage: witness send|sink --ledger FILE …\n");
    return 2;
}
