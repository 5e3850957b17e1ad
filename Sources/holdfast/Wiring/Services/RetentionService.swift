import RelayCore
import RelayRuntime
import RelayStore
import Synchronization

/// Removes what has been kept long enough, a small step at a time between the groups of intake.
// Sendable: everything is touched on `queue` alone.
final class RetentionService: Service, @unchecked Sendable {
    /// Between two steps of a round, so that intake and delivery always come first; between two
    /// rounds; and after a step that could not be stored, ms.
    private static let stepMs = 10
    private static let roundMs = 60_000
    private static let retryMs = 30_000

    let name = "retention"
    private let queue: any WorkQueue
    private let pruner: Pruner
    private let writer: GroupWriter
    private let clock: any Clock
    private var isStopped = false
    private let failures = Counter()
    /// Since 1970, ms; 0: no round has ended yet.
    private let lastRoundMs = Atomic<Int64>(0)

    init(writer: GroupWriter, settings: RetentionSettings, clock: any Timekeeper) {
        queue = clock.queue("holdfast.retention", .tidying)
        pruner = Pruner(
            writer: writer,
            retention: Retention(
                deliveredMs: settings.delivered.milliseconds, deadMs: settings.dead.milliseconds,
                discardedMs: settings.discarded.milliseconds))
        self.writer = writer
        self.clock = clock
    }

    func start() throws {
        queue.async { self.step() }
    }

    func stop(completion: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            isStopped = true
            completion()
        }
    }

    private func step() {
        guard !isStopped else { return }
        pruner.step(now: clock.now) { [weak self] receipt in
            guard let self else { return }
            note(receipt)
            // A round may have freed what the ballast needs.
            if receipt?.isRoundOver ?? true { writer.tendBallast() }
            let waitMs =
                receipt.map { $0.isRoundOver ? Self.roundMs : Self.stepMs } ?? Self.retryMs
            queue.async(afterMs: waitMs) { self.step() }
        }
    }

    private func note(_ receipt: PruneReceipt?) {
        guard let receipt else { return failures.add() }
        guard receipt.isRoundOver else { return }
        lastRoundMs.store(clock.now.milliseconds, ordering: .relaxed)
    }

    var families: [MetricFamily] {
        let roundMs = lastRoundMs.load(ordering: .relaxed)
        return [
            .gauge(
                "holdfast_retention_last_round_timestamp_seconds",
                "When retention last went through the whole store, since 1970; 0: not yet.",
                [.real(Double(roundMs) / 1000)]),
            .counter(
                "holdfast_retention_failures_total",
                "Steps of retention that could not be stored; they are tried again.",
                [.whole(failures.count)]),
        ]
    }
}
