import Dispatch
import Synchronization

/// Exchanging options, draining, stopping.
extension Server {
    /// New connections use the new certificate; connections that exist keep theirs and are asked
    /// to close with their next answer.
    package func replaceTLS(_ identity: TLSIdentity) throws(ServerError) {
        var options = state.withLock { $0.pool.options }
        options.tls = identity
        try replaceOptions(options)
    }

    /// As `replaceTLS`, for all options. When the new ones cannot be used, the old stay in force.
    package func replaceOptions(_ options: ServerOptions) throws(ServerError) {
        let pool = try LoopPool(options: options, parts: parts)
        let isTaken = state.withLock { state in
            guard state.stage == .running else { return false }
            state.pool.drain()
            state.retired.append(state.pool)
            state.pool = pool
            // Under the lock, so that two exchanges cannot cross.
            acceptor.exchange(pool)
            sweeper.reschedule(options)
            return true
        }
        if isTaken { return }
        pool.stop()
        throw .stopped
    }

    /// Takes the connections that already wait, then accepts no more. Adopted sockets stay open
    /// for the successor, and so do all when they are to be handed to another server. What is in
    /// progress goes on; every next answer closes its connection.
    package func stopAccepting(leavingSocketsOpen: Bool = false) {
        let pools = state.withLock { state -> [LoopPool] in
            guard state.stage == .running else { return [] }
            state.stage = .draining
            return [state.pool] + state.retired
        }
        guard !pools.isEmpty else { return }
        for pool in pools { pool.drain() }
        acceptor.stop(leavingSocketsOpen: leavingSocketsOpen)
    }

    /// Blocks until every request in progress is answered, or the grace is over and the rest are
    /// answered 503; then closes all connections. Not to be called from a handler.
    package func stop(graceMs: Int) {
        stopAccepting()
        let pools = state.withLock { state -> [LoopPool] in
            guard state.stage != .stopped else { return [] }
            state.stage = .stopped
            defer { state.retired = [] }
            return [state.pool] + state.retired
        }
        guard !pools.isEmpty else { return }
        settle(pools, withinMs: graceMs)
        // On a kept connection a request may come at this very moment: either it is in progress by
        // now and waited for, or the handler never sees it. What a handler still has after that is
        // answered 503 and may be stored all the same; its sender comes again and is told so.
        for pool in pools { pool.refuseRequests() }
        settle(pools, withinMs: Self.farewellMs)
        for pool in pools { pool.abandonExchanges() }
        settle(pools, withinMs: Self.farewellMs)
        for pool in pools { pool.stop() }
        sweeper.stop()
        parts.lingering.closeAll()
    }

    /// Bounded by `settle`'s deadline; a client that does not read its answer cannot hold us.
    private func settle(_ pools: [LoopPool], withinMs: Int) {
        _ = parts.settling.wait(until: .now() + .milliseconds(withinMs)) {
            !pools.contains { $0.isBusy }
        }
    }

    func sweep() {
        let (pools, finished) = state.withLock { state -> ([LoopPool], [LoopPool]) in
            let finished = state.retired.filter { $0.openCount == 0 }
            state.retired.removeAll { pool in finished.contains { $0 === pool } }
            return (state.stage == .stopped ? [] : [state.pool] + state.retired, finished)
        }
        let nowMs = CoarseClock.nowMs()
        for pool in pools { pool.sweep(nowMs: nowMs) }
        for pool in finished { pool.stop() }
    }
}
