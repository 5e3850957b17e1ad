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

    /// From the transaction to its commit.
    private final class Walked: Sendable {
        let step = Mutex<(PruneRound, PruneReceipt)?>(nil)
    }
}
