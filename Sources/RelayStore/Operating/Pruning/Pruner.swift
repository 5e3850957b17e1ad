package import RelayCore
import Synchronization

/// Retention beside the groups of a running relay: each step is one small change in turn with
/// them, and the next one is asked for when it suits.
package final class Pruner: Sendable {
    /// Rows looked at in one step: a few milliseconds.
    package static let stepRows = 200

    private let writer: GroupWriter
    private let retention: Retention
    private let round = Mutex(PruneRound())
    /// Nil until the first step.
    private let trust = Mutex<AgeTrust?>(nil)

    /// With nothing received for longer than this the clock may be ahead, ms.
    private static let quietMs: Int64 = 86_400_000

    package init(writer: GroupWriter, retention: Retention) {
        self.writer = writer
        self.retention = retention
    }

    /// Calls back on the writer's queue, after the step is stored: when it says that the round is
    /// over, the next step can wait for minutes; otherwise there is more to do. Nil: it was not
    /// stored (disk full, another process holds the lock, store stopped); try again later.
    package func step(
        now: Timestamp, completion: @escaping @Sendable (PruneReceipt?) -> Void
    ) {
        let walked = Walked()
        writer.perform { [self] ledger in
            guard isClockTrusted(newest: ledger.lastSequence) else {
                return walked.step.withLock { $0 = (PruneRound(), .nothingDue) }
            }
            var next = round.withLock { $0 }
            let receipt = try ledger.prune(
                &next, now: now, retention: retention, limit: Pruner.stepRows)
            walked.step.withLock { $0 = (next, receipt) }
        } completion: { [self] error in
            guard error == nil, let (next, receipt) = walked.step.withLock({ $0 }) else {
                completion(nil)
                return
            }
            round.withLock { $0 = next }
            completion(receipt)
        }
    }

    /// A clock that is years ahead would take every dead letter at once. It is looked at before
    /// anything goes; one that is ahead from the start shows by the store's newest event.
    private func isClockTrusted(newest sequence: Int64) -> Bool {
        let clock = writer.clock
        return trust.withLock { trust in
            var looked =
                trust
                ?? AgeTrust(
                    clock: clock,
                    isBelieved: clock.now.millisecondsSince(EventID.time(ofSequence: sequence))
                        < Pruner.quietMs)
            _ = looked.look(at: clock)
            trust = looked
            return looked.isSettled(
                lifeMs: retention.shortestMs, nowNs: clock.monotonicNanoseconds)
        }
    }

    /// From the transaction to its commit.
    private final class Walked: Sendable {
        let step = Mutex<(PruneRound, PruneReceipt)?>(nil)
    }
}
