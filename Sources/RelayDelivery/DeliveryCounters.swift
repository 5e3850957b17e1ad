package import RelayRuntime
import Synchronization

/// What delivery counted since the process started.
package final class DeliveryCounters: Sendable {
    private let destinations = Mutex<[String: DestinationCounters]>([:])
    private let late = Counter()

    /// The counters of one destination, made when the configuration is read. One that leaves the
    /// configuration and comes back goes on where it was.
    package func destination(_ name: String) -> DestinationCounters {
        destinations.withLock { destinations in
            if let known = destinations[name] { return known }
            let new = DestinationCounters()
            destinations[name] = new
            return new
        }
    }

    /// An answer that came after its delivery had been finished, discarded or replayed.
    func countLate() { late.add() }

    package var lateFinishes: Int64 { late.count }

    /// To all destinations together.
    package var delivered: Int64 {
        destinations.withLock { $0.values.reduce(0) { $0 + $1.count(of: .delivered) } }
    }

    package var families: [MetricFamily] {
        let known = destinations.withLock { $0 }.sorted { $0.key < $1.key }
        return [
            .counter(
                "holdfast_attempts_total",
                "Events sent, by what the attempt came to and why it failed.",
                known.flatMap { $1.attemptSamples($0) }),
            .histogram(
                "holdfast_request_seconds",
                "From sending a request until its answer has been read.",
                known.map { $1.requestSample($0) }),
            .histogram(
                "holdfast_delivery_seconds",
                "From the receipt of an event (or its replay) until the destination took it.",
                known.map { $1.deliverySample($0) }),
            .counter(
                "holdfast_late_finishes_total",
                "Answers that came when their delivery had been changed by an operator.",
                [.whole(lateFinishes)]),
        ]
    }
}
