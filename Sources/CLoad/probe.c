#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

int64_t cload_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

cload_spread cload_sync_probe(int32_t descriptor, int32_t rounds) {
    static char page[4096];
    memset(page, 'x', sizeof page);
    histogram times;
    memset(&times, 0, sizeof times);
    for (int i = 0; i < rounds; i++) {
        int64_t start = cload_now_ns();
        if (write(descriptor, page, sizeof page) != (ssize_t)sizeof page) break;
        if (fdatasync(descriptor) != 0) break;
        histogram_add(&times, cload_now_ns() - start);
    }
    return histogram_spread(&times);
}

int connect_loopback(int port) {
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -errno;
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons((uint16_t)port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    if (connect(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
        int reason = errno;
        close(descriptor);
        return -reason;
    }
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}
