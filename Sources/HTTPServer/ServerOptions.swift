/// Bounds and identity of a server. Every bound has one defined answer, named beside it.
package struct ServerOptions: Sendable {
    /// Network threads, each with its own event loop.
    package var threads = 2
    /// Over it, a new connection is closed.
    package var maxConnections = 4096
    /// Over it, a new connection is closed. IPv6 is counted by /64; unix sockets are not counted.
    package var maxConnectionsPerAddress = 1024
    /// From accept (or the end of the request line on a kept connection) to the end of the head,
    /// TLS handshake included: 408, closed.
    package var headerTimeoutMs = 10_000
    /// From the head to the last body byte, however steadily it drips: 408, closed. Also the
    /// longest a client may take to read its answer: closed.
    package var bodyTimeoutMs = 30_000
    /// Averaged over the body so far, once `bodyGraceMs` have passed: 408, closed. 0: no minimum.
    package var bodyMinimumBytesPerSecond = 256
    package var bodyGraceMs = 5_000
    /// A kept connection without a complete request line: closed.
    package var idleTimeoutMs = 60_000
    /// Request line and headers together: 431 (414 for a request line alone), closed.
    package var maxHeaderBytes = 8_192
    package var maxHeaderCount = 128
    /// Bodies that are still coming, in all, by what they really hold: 503, closed. A body that
    /// passes 64 KiB is refused when all of them together hold three quarters.
    package var maxCollectedBytes = 128 * 1_048_576
    package var tls: TLSIdentity?

    package init() {}

    /// The library keeps the head, its parsed form and the answer's head in one block.
    var connectionMemoryBytes: Int { maxHeaderBytes + maxHeaderBytes / 4 + 2048 }

    /// Fine enough that no bound is passed by more than a quarter.
    var sweepIntervalMs: Int {
        let shortest = min(headerTimeoutMs, bodyTimeoutMs, bodyGraceMs, idleTimeoutMs)
        return min(max(shortest / 4, 10), 500)
    }
}
