import Glibc
import Synchronization

/// The sweeper's side of a connection. Runs under the table's lock, so the descriptor is open.
extension Connection {
    /// - Parameter farewell: what a client is told in the middle of a request.
    func cutIfOverdue(nowMs: UInt64, farewell: [UInt8]) {
        let word = phase.load(ordering: .relaxed)
        let reason = CutReason.judge(
            ConnectionPhase(word: word), bodyBytes: bodyBytes.load(ordering: .relaxed),
            nowMs: nowMs, options: loop.options)
        guard let reason, claim(word, nowMs: nowMs) else { return }
        reason.count(in: loop.counters)
        if reason.isAnswered && !loop.isTLS {
            _ = SystemCall.send(farewell, to: descriptor)
        }
        // Both ways: the library sees the end of the stream and closes.
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Fails when the network thread has moved on since the word was read.
    private func claim(_ word: UInt64, nowMs: UInt64) -> Bool {
        phase.compareExchange(
            expected: word, desired: ConnectionPhase(.cut, sinceMs: nowMs).word,
            ordering: .relaxed
        ).exchanged
    }
}
