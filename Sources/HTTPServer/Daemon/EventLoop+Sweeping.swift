import Synchronization

/// The loop seen from the sweeper and from a server that stops.
extension EventLoop {
    func sweep(nowMs: UInt64) {
        // Made before the table is locked, once for all.
        let farewell = ServerResponse.tooSlow.serialized()
        table.forEach { $0.cutIfOverdue(nowMs: nowMs, farewell: farewell) }
    }

    var isBusy: Bool {
        // One that was accepted and is still on its way to the network thread is about to send.
        var isBusy = openCount.load(ordering: .relaxed) > table.count
        let nowMs = CoarseClock.nowMs()
        table.forEach { connection in
            let phase = ConnectionPhase(word: connection.phase.load(ordering: .relaxed))
            if phase.isBusy || phase.expectsRequest(nowMs: nowMs) { isBusy = true }
        }
        return isBusy
    }

    /// From now on a request is either busy already or answered 503 before anybody hears of it.
    func refuseRequests() {
        isRefusing.store(true, ordering: .sequentiallyConsistent)
        // Before the look at the phases; its counterpart is in `Connection.handOver`.
        atomicMemoryFence(ordering: .sequentiallyConsistent)
    }

    /// Answers every exchange still open; afterwards none can open.
    func abandonExchanges() {
        isTerminating.store(true, ordering: .sequentiallyConsistent)
        table.forEach { $0.abandon() }
    }
}
