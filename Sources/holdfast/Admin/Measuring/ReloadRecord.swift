import RelayRuntime
import Synchronization

/// What became of the new configurations since the start.
final class ReloadRecord: Sendable {
    private let taken = Counter()
    private let refused = Counter()
    private let isRefused = Atomic(false)

    func count(isTaken: Bool) {
        if isTaken { taken.add() } else { refused.add() }
        isRefused.store(!isTaken, ordering: .relaxed)
    }

    var families: [MetricFamily] {
        [
            .counter(
                "holdfast_configuration_reloads_total",
                "New configurations that were read, by whether they came into force.",
                [
                    .whole(taken.count, (.outcome, "taken")),
                    .whole(refused.count, (.outcome, "refused")),
                ]),
            .gauge(
                "holdfast_configuration_refused",
                "1 while the last new configuration was refused and an older one is in force.",
                [.whole(isRefused.load(ordering: .relaxed) ? 1 : 0)]),
        ]
    }
}
