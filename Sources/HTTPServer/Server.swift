// HTTP/1.1 over libmicrohttpd, behind a small Swift face.
//
// For: taking many requests with bounded bodies and answering each once, now or later, from any
// thread. It knows nothing of what it serves, and it is the only user of CMicroHTTPD.
//
// Promises: a handler sees only complete requests whose framing is beyond doubt, paths exactly as
// sent; every wait on a client is bounded in time and number (`ServerOptions`), while a
// connection that waits for our answer is never cut; other clients are not slowed by a hostile
// one; new options and certificates refuse and drop nobody.
//
// Must never: block a network thread, log, print, raise SIGPIPE, or die of a client.
//
// Fails: `ServerError` at start or at new options (the old ones stay in force); afterwards only
// single connections fail, counted in `counters`.
//
// Reading order: `Acceptor` takes connections, an `EventLoop` carries them (one daemon and one
// thread), `Connection` walks one through its requests, `Exchange` brings the answer back, the
// `Sweeper` has what is overdue cut.

import Synchronization

/// A running server: see the page above.
package final class Server: Sendable {
    enum Stage {
        case running
        case draining
        case stopped
    }

    struct State {
        var pool: LoopPool
        var retired: [LoopPool] = []
        var stage = Stage.running
    }

    /// The portion of `stop` in which forced answers may still leave.
    static let farewellMs = 1_000

    private let sockets: [ListenSocket]
    let parts: LoopParts
    let acceptor: Acceptor
    let sweeper = Sweeper()
    let state: Mutex<State>

    package init(
        listen sockets: [ListenSocket], options: ServerOptions, handler: any RequestHandler
    ) throws(ServerError) {
        self.sockets = sockets
        parts = LoopParts(handler: handler)
        let pool = try LoopPool(options: options, parts: parts)
        acceptor = Acceptor(sockets: sockets, pool: pool, parts: parts)
        state = Mutex(State(pool: pool))
        sweeper.start(options) { [weak self] in self?.sweep() }
        acceptor.start()
    }

    deinit { stop(graceMs: 0) }

    /// In the order of the sockets; nil for unix sockets.
    package var ports: [Int?] { sockets.map(\.port) }

    package var connectionCount: Int { parts.quota.total }

    /// What the bodies that are still coming hold.
    package var collectedBytes: Int { parts.bodyBudget.heldBytes }

    package var counters: ServerCounters { parts.counters.snapshot }
}
