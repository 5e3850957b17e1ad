package import RelayCore
import SQLite

extension StoreReader {
    /// A relay renews its word while something is under way; what it said of that longer ago than
    /// this is no longer taken for the present.
    package static let gateFreshMs: Int64 = 5000
    /// The part of the newest rows that a rate is computed from.
    static let rateRows = 10_000

    /// Terms are the daily account's, so that the cost does not grow with the backlog; what is
    /// pruned no longer stands in the store.
    static let countsSQL = """
        SELECT destination,
               sum(accepted - duplicates - delivered - dead - discarded - expired),
               sum(delivered - pruned_delivered), sum(dead - pruned_dead),
               sum(discarded - pruned_discarded), sum(expired - pruned_expired)
        FROM audit_days GROUP BY destination
        """
    static let oldestUntriedSQL = """
        SELECT seq FROM deliveries WHERE destination = ?1 AND due_at_ms = 0 ORDER BY seq LIMIT 1
        """
    static let oldestTriedSQL = """
        SELECT seq FROM deliveries INDEXED BY deliveries_tried
        WHERE destination = ?1 AND due_at_ms > 0 ORDER BY seq LIMIT 1
        """
    static let arrivalsSQL = """
        SELECT count(*), min(seq) FROM
            (SELECT seq FROM events WHERE seq >= ?1 ORDER BY seq DESC LIMIT ?2)
        """
    static let finishedSQL = """
        SELECT count(*), min(finished_at_ms) FROM
            (SELECT finished_at_ms FROM delivered ORDER BY seq DESC, destination DESC LIMIT ?2)
        WHERE finished_at_ms >= ?1
        """

    package func status(now: Timestamp) throws -> StoreStatus {
        try refreshNames()
        let mark = file.lastWord
        return try snapshot { connection in
            let counts = try rawCounts()
            let holds = try holds(now: now)
            let gates = try gates()
            let destinations = try names.numbers(.destination).map { number in
                try destination(
                    number, counts: counts[number] ?? StateCounts(), hold: holds[number],
                    gate: gates[number], now: now)
            }
            var total = StateCounts()
            for destination in destinations { total += destination.counts }
            return StoreStatus(
                at: now, counts: total,
                oldestReceivedAt: destinations.compactMap(\.oldestReceivedAt).min(),
                arrivalsPerSecond: try arrivalsPerSecond(now: now),
                deliveriesPerSecond: try deliveriesPerSecond(now: now),
                destinations: destinations, disk: try disk(),
                missing: try losses(connection, mark).deliveries)
        }
    }

    private func disk() throws -> DiskStatus? {
        guard let reserve = try reserveBytes(), let free = file.sizes.free else { return nil }
        return DiskStatus(freeBytes: free, reserveBytes: reserve)
    }

    private func isFresh(_ said: Timestamp, _ now: Timestamp) -> Bool {
        abs(now.millisecondsSince(said)) < Self.gateFreshMs
    }

    func rawCounts() throws -> [Int64: StateCounts] {
        let rows = try connection.statement(Self.countsSQL)
        defer { rows.reset() }
        var counts: [Int64: StateCounts] = [:]
        while try rows.step() {
            var one = StateCounts()
            one[.queued] = rows.int64(1)
            one[.delivered] = rows.int64(2)
            one[.dead] = rows.int64(3)
            one[.discarded] = rows.int64(4)
            one[.expired] = rows.int64(5)
            counts[rows.int64(0)] = one
        }
        return counts
    }

    private func destination(
        _ number: Int64, counts: StateCounts, hold: DestinationStatus.Hold?,
        gate: DestinationStatus.Gate?, now: Timestamp
    ) throws -> DestinationStatus {
        var counts = counts
        let isCurrent = gate.map { isFresh($0.saidAt, now) } ?? false
        let inFlight = isCurrent ? min(Int64(gate?.inFlight ?? 0), counts[.queued]) : 0
        counts[.inflight] = inFlight
        counts[.queued] -= inFlight
        if hold != nil {
            counts[.held] = counts[.queued]
            counts[.queued] = 0
        }
        return DestinationStatus(
            name: try name(number), counts: counts, oldestReceivedAt: try oldest(number),
            hold: hold, gate: gate)
    }

    func oldest(_ destination: Int64) throws -> Timestamp? {
        var sequences: [Int64] = []
        for sql in [Self.oldestUntriedSQL, Self.oldestTriedSQL] {
            let row = try connection.statement(sql)
            try row.bind(1, destination)
            if let sequence = try row.first({ $0.int64(0) }) { sequences.append(sequence) }
        }
        return sequences.min().map(EventID.time(ofSequence:))
    }

    private func arrivalsPerSecond(now: Timestamp) throws -> Double {
        let row = try connection.statement(Self.arrivalsSQL)
        try row.bind(1, EventID.firstSequence(at: now.adding(ms: -60_000)))
        try row.bind(2, Self.rateRows)
        return try row.first { row in
            rate(
                row.int(0), since: row.optionalInt64(1).map(EventID.time(ofSequence:)), now: now)
        } ?? 0
    }

    private func deliveriesPerSecond(now: Timestamp) throws -> Double {
        let row = try connection.statement(Self.finishedSQL)
        try row.bind(1, now.milliseconds - 60_000)
        try row.bind(2, Self.rateRows)
        return try row.first { row in
            rate(
                row.int(0), since: row.optionalInt64(1).map(Timestamp.init(milliseconds:)),
                now: now)
        } ?? 0
    }

    /// Over the whole minute, unless the rows that were looked at cover less of it.
    private func rate(_ count: Int, since oldest: Timestamp?, now: Timestamp) -> Double {
        guard count > 0, let oldest else { return 0 }
        guard count == Self.rateRows else { return Double(count) / 60 }
        return Double(count) * 1000 / Double(max(1, now.millisecondsSince(oldest)))
    }
}
