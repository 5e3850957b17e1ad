// What sender and sink share: a ledger, a clock, chance, and bytes on a socket.

#ifndef WITNESS_H
#define WITNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Every body begins with this and a number of 12 digits, and no body has it anywhere else.
#define NUMBER_PREFIX "{\"n\":\""
#define NUMBER_DIGITS 12

// The number after `--NAME`, or `otherwise`.
int64_t option(int count, char **words, const char *name, int64_t otherwise);
const char *option_text(int count, char **words, const char *name);

void ledger_open(const char *path);
// One line, appended with one call, so that lines of several threads stay whole.
void ledger_write(const char *line, size_t bytes);
void ledger_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

int64_t now_ns(void);
void pause_us(int64_t microseconds);

// The same chance for the same seed.
uint64_t draw(uint64_t *state);

// Sends all; false when the other side is gone.
bool send_all(int descriptor, const char *bytes, size_t count);

// A head and its body, read from a stream. `rest` bytes of what follows stay in the buffer.
typedef struct {
    char *bytes;
    size_t room;
    size_t used;
    size_t head;
    size_t body;
} message;

// Reads one message with a Content-Length; false at the end of the stream or nonsense.
bool message_read(int descriptor, message *message);
// Makes place for the next one.
void message_drop(message *message);
// The value of a header inside the head, or "-". `out` has room for `room` bytes.
void message_header(const message *message, const char *name, char *out, size_t room);

int run_sender(int count, char **words);
int run_sink(int count, char **words);

#endif
