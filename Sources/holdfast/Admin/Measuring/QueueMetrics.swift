import RelayCore
import RelayDelivery
import RelayRuntime
import RelayStore

/// The queue by destination and state, read from the store's running totals.
enum QueueMetrics {
    private static let kept: [DeliveryState] = [.delivered, .dead, .discarded, .expired]

    static func families(
        _ file: StoreFile, readings: [GateReading], clock: any Clock
    ) -> [MetricFamily] {
        let depths = try? read(file, clock: clock)
        let readable = MetricFamily.gauge(
            "holdfast_store_readable", "1 when the queue's depth could be read just now.",
            [.whole(depths == nil ? 0 : 1)])
        guard let depths else { return [readable] }
        return [readable] + waiting(depths, readings: readings) + ages(depths, now: clock.now)
            + final(depths)
    }

    private static func read(_ file: StoreFile, clock: any Clock) throws -> [DestinationDepth] {
        let limit = TimeLimit(clock: clock)
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        reader.stop { limit.hasPassed }
        return try reader.depth(now: clock.now)
    }

    private static func waiting(
        _ depths: [DestinationDepth], readings: [GateReading]
    ) -> [MetricFamily] {
        // What is out is known to the scheduler alone; in the store it waits like the rest.
        let out = Dictionary(
            readings.map { ($0.destination, Int64($0.deliveriesInFlight)) }
        ) { first, _ in first }
        func family(
            _ name: String, _ help: String, _ count: (DestinationDepth, Int64) -> Int64
        ) -> MetricFamily {
            .gauge(
                name, help,
                depths.map { depth in
                    let all = depth.counts[.queued] + depth.counts[.held]
                    let inFlight = min(out[depth.name] ?? 0, all)
                    return .whole(count(depth, inFlight), (.destination, depth.name))
                })
        }
        return [
            family("holdfast_deliveries_queued", "Deliveries that wait.") {
                max($0.counts[.queued] - $1, 0)
            },
            family("holdfast_deliveries_held", "Deliveries that wait for an operator.") {
                max($0.counts[.held] - $1, 0)
            },
            family("holdfast_deliveries_inflight", "Deliveries whose request is out.") { $1 },
        ]
    }

    private static func ages(_ depths: [DestinationDepth], now: Timestamp) -> [MetricFamily] {
        func seconds(_ time: Timestamp?, _ depth: DestinationDepth) -> MetricFamily.Sample {
            let ageMs = time.map { max(0, now.millisecondsSince($0)) } ?? 0
            return .real(Double(ageMs) / 1000, (.destination, depth.name))
        }
        return [
            .gauge(
                "holdfast_deliveries_oldest_seconds",
                "Age of the oldest delivery that waits; 0 when none does.",
                depths.map { seconds($0.oldestReceivedAt, $0) }),
            .gauge(
                "holdfast_deliveries_overdue_seconds",
                "For how long the next delivery could have been sent; 0 when none is due.",
                depths.map { seconds($0.dueAt, $0) }),
        ]
    }

    private static func final(_ depths: [DestinationDepth]) -> [MetricFamily] {
        func samples(_ counts: (DestinationDepth) -> StateCounts) -> [MetricFamily.Sample] {
            depths.flatMap { depth in
                kept.map { state in
                    .whole(
                        counts(depth)[state], (.destination, depth.name),
                        (.outcome, state.rawValue))
                }
            }
        }
        return [
            .gauge(
                "holdfast_deliveries_kept",
                "Ended deliveries whose rows are still in the store, by how they ended.",
                samples(\.counts)),
            .counter(
                "holdfast_deliveries_pruned_total",
                "Ended deliveries that retention has removed since the store was made.",
                samples(\.pruned)),
        ]
    }
}
