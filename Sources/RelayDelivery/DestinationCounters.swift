package import RelayCore
import RelayRuntime

/// What delivery counted for one destination. Counted on the scheduler's queue, read from any.
package final class DestinationCounters: Sendable {
    /// What one attempt meant for its delivery.
    package enum Outcome: String, CaseIterable, Sendable {
        case delivered, retry, dead, expired
    }

    private let delivered = Counter()
    private let failed: [Outcome: CounterTable<ErrorClass>] = [
        .retry: CounterTable(), .dead: CounterTable(), .expired: CounterTable(),
    ]
    private let requestTimes = Histogram(.requestTimes)
    private let deliveryTimes = Histogram(.deliveryTimes)

    package init() {}

    /// - Parameter ageMs: since the receipt, or since the replay that sent it again.
    func count(_ outcome: Outcome, errorClass: ErrorClass?, ageMs: Int64) {
        if let errorClass, let table = failed[outcome] { return table.add(errorClass) }
        delivered.add()
        deliveryTimes.add(max(ageMs, 0))
    }

    /// One request, with one event or many.
    func countRequest(durationMs: Int64) { requestTimes.add(durationMs) }

    package func count(of outcome: Outcome, _ errorClass: ErrorClass? = nil) -> Int64 {
        guard let errorClass else { return delivered.count }
        return failed[outcome]?.count(errorClass) ?? 0
    }

    func attemptSamples(_ destination: String) -> [MetricFamily.Sample] {
        let success = MetricFamily.Sample.whole(
            delivered.count, (.destination, destination),
            (.outcome, Outcome.delivered.rawValue), (.errorClass, ""))
        return [success]
            + DestinationCounters.series.map { outcome, errorClass in
                .whole(
                    count(of: outcome, errorClass), (.destination, destination),
                    (.outcome, outcome.rawValue), (.errorClass, errorClass.rawValue))
            }
    }

    func requestSample(_ destination: String) -> MetricFamily.Sample {
        .distribution(requestTimes.distribution, (.destination, destination))
    }

    func deliverySample(_ destination: String) -> MetricFamily.Sample {
        .distribution(deliveryTimes.distribution, (.destination, destination))
    }

    /// Every way an attempt can fail, by what then becomes of the delivery. A body that is no JSON
    /// is parked without an attempt, and what grows too old while nothing is sent has none either.
    private static let series: [(Outcome, ErrorClass)] = {
        let classes = ErrorClass.allCases.filter { $0 != .unparsable && $0 != .expired }
        return [Outcome.retry, .dead, .expired].flatMap { outcome in
            classes.map { (outcome, $0) }
        }
    }()
}
