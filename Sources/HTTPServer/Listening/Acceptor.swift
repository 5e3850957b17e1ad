import Dispatch
import CMicroHTTPD
import Glibc
import Synchronization

/// Accepts on every listening socket and deals the connections out to the event loops in turn.
///
/// Accepting here rather than in the library is what lets the limits count before anything is
/// allocated, the loops be exchanged without a dropped connection, and a process that has run out
/// of descriptors rest instead of spin.
// Sendable: every stored property that changes is touched on `queue` only.
final class Acceptor: @unchecked Sendable {
    /// At most so many in a row, so that one socket does not starve the others.
    private static let seriesLength = 64
    private static let restMs = 100

    private let queue = DispatchQueue(label: "http.accept")
    private let quota: ConnectionQuota
    private let counters: Counters
    private let sockets: [ListenSocket]
    private var sources: [any DispatchSourceRead] = []
    private var pool: LoopPool
    private var isResting = false

    init(sockets: [ListenSocket], pool: LoopPool, parts: LoopParts) {
        self.sockets = sockets
        self.pool = pool
        quota = parts.quota
        counters = parts.counters
    }

    func start() {
        queue.sync {
            sources = sockets.map { socket in
                let source = DispatchSource.makeReadSource(
                    fileDescriptor: socket.descriptor, queue: queue)
                source.setEventHandler { [self] in acceptSeries(socket) }
                source.activate()
                return source
            }
        }
    }

    /// When it returns, the old pool gets no further connection.
    func exchange(_ pool: LoopPool) {
        queue.sync { self.pool = pool }
    }

    /// Takes what already waits, then stops listening. When it returns, no further connection is
    /// accepted; sockets that are not left open are closed.
    func stop(leavingSocketsOpen: Bool) {
        let cancelled = DispatchGroup()
        queue.sync {
            endRest()
            for (socket, source) in zip(sockets, sources) {
                let closes = !leavingSocketsOpen && !socket.isAdopted
                if closes { while accept(socket) == .more {} }
                cancelled.enter()
                source.setCancelHandler {
                    if closes { socket.close() }
                    cancelled.leave()
                }
                source.cancel()
            }
            sources = []
        }
        cancelled.wait()
    }

    /// Calls back once, on any thread, when this queue and then every network thread that gets new
    /// connections have come round to it; at once when nothing is accepted any more. A pool is
    /// stopped after it was exchanged here, so it finds the probe before its order to stop.
    func probe(_ answered: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            guard !sources.isEmpty else { return answered() }
            pool.probe(answered)
        }
    }

    private enum Next {
        case more
        case none
        case exhausted
    }

    private func acceptSeries(_ socket: ListenSocket) {
        dispatchPrecondition(condition: .onQueue(queue))
        for _ in 0..<Self.seriesLength {
            switch accept(socket) {
            case .more: continue
            case .none: return
            case .exhausted: return rest()
            }
        }
    }

    private func accept(_ socket: ListenSocket) -> Next {
        var storage = sockaddr_storage()
        switch SystemCall.accept(socket.descriptor, into: &storage) {
        case .value(let descriptor):
            place(Int32(descriptor), &storage)
            return .more
        case .wouldBlock:
            return .none
        case .failed(let number):
            switch number {
            case EMFILE, ENFILE, ENOBUFS, ENOMEM:
                counters.acceptFailures.raise()
                return .exhausted
            // The client left before we came; accept(2) asks to go on.
            case ECONNABORTED, EPROTO, EPERM, ENETDOWN, ENETUNREACH, EHOSTUNREACH, EHOSTDOWN:
                return .more
            default:
                counters.acceptFailures.raise()
                return .exhausted
            }
        }
    }

    private func place(_ descriptor: Int32, _ storage: inout sockaddr_storage) {
        let pool = self.pool
        let peer = unsafe SystemCall.withSocketAddress(&storage) { unsafe PeerAddress($0) }
        if let refusal = quota.take(peer.key, options: pool.options) {
            switch refusal {
            case .total: counters.refusedTotalLimit.raise()
            case .address: counters.refusedAddressLimit.raise()
            }
            close(descriptor)
            return
        }
        counters.accepted.raise()
        pool.next().add(Newcomer(descriptor: descriptor, address: storage, key: peer.key))
    }

    /// Clients wait in the backlog meanwhile.
    private func rest() {
        guard !isResting, !sources.isEmpty else { return }
        isResting = true
        for source in sources { source.suspend() }
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.restMs)) { [self] in
            endRest()
        }
    }

    private func endRest() {
        guard isResting else { return }
        isResting = false
        for source in sources { source.resume() }
    }
}
