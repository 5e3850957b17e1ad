package import RelayCore
import SQLite

extension StoreReader {
    static let prunedSQL = """
        SELECT destination, sum(pruned_delivered), sum(pruned_dead), sum(pruned_discarded),
               sum(pruned_expired)
        FROM audit_days GROUP BY destination
        """
    static let earliestDueSQL = """
        SELECT due_at_ms FROM deliveries WHERE destination = ?1 AND due_at_ms > 0
        ORDER BY due_at_ms, seq LIMIT 1
        """

    /// The queue by destination and state. Counts come from the daily account, which is exact and
    /// grows with the days and not with the backlog; the ages are one seek each.
    package func depth(now: Timestamp) throws -> [DestinationDepth] {
        try refreshNames()
        return try snapshot { _ in
            let counts = try rawCounts()
            let pruned = try prunedCounts()
            let held = try heldDestinations(now: now)
            return try names.numbers(.destination).map { number in
                var states = counts[number] ?? StateCounts()
                if held.contains(number) {
                    states[.held] = states[.queued]
                    states[.queued] = 0
                }
                return DestinationDepth(
                    name: try name(number), counts: states,
                    oldestReceivedAt: try oldest(number), dueAt: try earliestDue(number),
                    pruned: pruned[number] ?? StateCounts())
            }
        }
    }

    private func prunedCounts() throws -> [Int64: StateCounts] {
        let rows = try connection.statement(Self.prunedSQL)
        defer { rows.reset() }
        var counts: [Int64: StateCounts] = [:]
        while try rows.step() {
            var one = StateCounts()
            one[.delivered] = rows.int64(1)
            one[.dead] = rows.int64(2)
            one[.discarded] = rows.int64(3)
            one[.expired] = rows.int64(4)
            counts[rows.int64(0)] = one
        }
        return counts
    }

    /// One that was never tried has been due since it was received.
    private func earliestDue(_ destination: Int64) throws -> Timestamp? {
        let untried = try connection.statement(Self.oldestUntriedSQL)
        try untried.bind(1, destination)
        let received = try untried.first { EventID.time(ofSequence: $0.int64(0)) }
        let tried = try connection.statement(Self.earliestDueSQL)
        try tried.bind(1, destination)
        let due = try tried.first { Timestamp(milliseconds: $0.int64(0)) }
        return [received, due].compactMap(\.self).min()
    }
}
