package import RelayRuntime
import Synchronization

/// What intake counted since the process started.
package final class IntakeCounters: Sendable {
    private struct Key: Hashable {
        let source: String
        let hook: String
    }

    /// By hook. A hook that leaves the configuration and comes back goes on where it was.
    private let endpoints = Mutex<[Key: EndpointCounters]>([:])
    /// Requests that never became an event: who sent them is unknown, so only the reason counts.
    private let refusals = CounterTable<IntakeRefusal>()

    package init() {}

    /// The counters of one hook, made when the configuration is read.
    package func endpoint(source: String, hook: String) -> EndpointCounters {
        endpoints.withLock { endpoints in
            let key = Key(source: source, hook: hook)
            if let known = endpoints[key] { return known }
            let new = EndpointCounters()
            endpoints[key] = new
            return new
        }
    }

    func countRefused(_ refusal: IntakeRefusal) { refusals.add(refusal) }

    package func refused(_ refusal: IntakeRefusal) -> Int64 { refusals.count(refusal) }

    /// Events of known senders that the store did not take, whichever hook they were for.
    package var unstored: [(outcome: String, count: Int64)] {
        let known = endpoints.withLock { Array($0.values) }
        return [EndpointCounters.Outcome.diskFull, .storeFailed, .overloaded, .stopping].map {
            outcome in
            (outcome.rawValue, known.reduce(0) { $0 + $1.count(of: outcome) })
        }
    }

    package var refused: [(outcome: String, count: Int64)] {
        IntakeRefusal.allCases.map { ($0.rawValue, refused($0)) }
    }

    /// - Parameter others: refusals that were made before a request was understood.
    package func families(
        refusedBefore others: [(outcome: String, count: Int64)]
    ) -> [MetricFamily] {
        [
            .counter(
                "holdfast_intake_events_total",
                "Events that came from known senders, by what became of them.", eventSamples),
            .counter(
                "holdfast_intake_refused_total",
                "Requests and connections that were refused before they were an event.",
                (refused + others).map { .whole($0.count, (.outcome, $0.outcome)) }),
        ]
    }

    private var eventSamples: [MetricFamily.Sample] {
        let known = endpoints.withLock { $0 }
            .sorted { ($0.key.source, $0.key.hook) < ($1.key.source, $1.key.hook) }
        return known.flatMap { key, counters in
            EndpointCounters.Outcome.allCases.map { outcome in
                .whole(
                    counters.count(of: outcome), (.source, key.source), (.hook, key.hook),
                    (.outcome, outcome.rawValue))
            }
        }
    }
}
