package import RelayCore
import SQLite

extension StoreReader {
    private static let replaySQL = """
        SELECT id, started_at_ms, ended_at_ms, operator, asked, patch, chosen, moved FROM replays

        """

    /// Newest first.
    package func replays(limit: Int) throws -> [ReplayRecord] {
        try snapshot { _ in
            let rows = try connection.statement(Self.replaySQL + "ORDER BY id DESC LIMIT ?1")
            try rows.bind(1, limit)
            return try rows.rows(Self.stored).map(record)
        }
    }

    package func replay(_ id: Int64) throws -> ReplayRecord? {
        try snapshot { _ in
            let row = try connection.statement(Self.replaySQL + "WHERE id = ?1")
            try row.bind(1, id)
            return try row.first(Self.stored).map(record)
        }
    }

    /// The newest replay of the same words and patch, if it was begun after `earliest` and never
    /// came to its end.
    package func interruptedReplay(
        like order: ReplayOrder, since earliest: Timestamp
    ) throws -> ReplayRecord? {
        let newest = try snapshot { _ in
            let row = try connection.statement(
                Self.replaySQL + "WHERE asked = ?1 AND patch IS ?2 ORDER BY id DESC LIMIT 1")
            try row.bind(1, order.asked)
            try row.bind(2, order.patchText)
            return try row.first(Self.stored).map(record)
        }
        guard let newest, newest.endedAt == nil, newest.startedAt >= earliest else { return nil }
        return newest
    }

    /// Whether a final delivery was moved by this replay before.
    package func wasReplayed(_ delivery: ChosenDelivery, by replay: Int64) throws -> Bool {
        let row = try connection.statement(
            """
            SELECT 1 FROM delivered WHERE seq = ?1 AND destination = ?2 AND replay = ?3
            UNION ALL
            SELECT 1 FROM dead_letters WHERE seq = ?1 AND destination = ?2 AND replay = ?3
            UNION ALL
            SELECT 1 FROM discarded WHERE seq = ?1 AND destination = ?2 AND replay = ?3
            """)
        try row.bind(1, delivery.key.sequence)
        try row.bind(2, delivery.key.destination)
        try row.bind(3, replay)
        return try row.first { _ in true } ?? false
    }

    /// The body as it stands in the store; nil when the event is gone or was erased.
    package func body(of sequence: Int64) throws -> [UInt8]? {
        let row = try connection.statement(
            "SELECT body FROM events WHERE seq = ?1 AND erased_at_ms IS NULL")
        try row.bind(1, sequence)
        return try row.first { $0.bytes(0) }
    }

    private struct StoredReplay {
        let id: Int64
        let startedAtMs: Int64
        let endedAtMs: Int64?
        let who: String
        let asked: String
        let patch: [UInt8]?
        let chosen: Int
        let moved: Int
    }

    private static func stored(_ row: Statement) -> StoredReplay {
        StoredReplay(
            id: row.int64(0), startedAtMs: row.int64(1), endedAtMs: row.optionalInt64(2),
            who: row.text(3), asked: row.text(4), patch: row.optionalBytes(5), chosen: row.int(6),
            moved: row.int(7))
    }

    private func record(_ stored: StoredReplay) throws -> ReplayRecord {
        ReplayRecord(
            id: stored.id, startedAt: Timestamp(milliseconds: stored.startedAtMs),
            endedAt: stored.endedAtMs.map(Timestamp.init(milliseconds:)), who: stored.who,
            asked: stored.asked, patch: stored.patch, chosen: stored.chosen, moved: stored.moved,
            outcome: try outcome(of: stored.id))
    }

    private func outcome(of replay: Int64) throws -> StateCounts {
        let rows = try connection.statement(
            """
            SELECT 'queued', count(*) FROM deliveries WHERE replay = ?1
            UNION ALL SELECT 'delivered', count(*) FROM delivered WHERE replay = ?1
            UNION ALL SELECT 'dead', count(*) FROM dead_letters WHERE replay = ?1 AND state = 'dead'
            UNION ALL
            SELECT 'expired', count(*) FROM dead_letters WHERE replay = ?1 AND state = 'expired'
            UNION ALL SELECT 'discarded', count(*) FROM discarded WHERE replay = ?1
            """)
        try rows.bind(1, replay)
        var counts = StateCounts()
        for (name, count) in try rows.rows({ ($0.text(0), $0.int64(1)) }) {
            guard let state = DeliveryState(rawValue: name) else { continue }
            counts[state] = count
        }
        return counts
    }
}

extension StoreReader {
    package func id(of delivery: ChosenDelivery) -> EventID { eventID(delivery.key.sequence) }

    package func destination(of delivery: ChosenDelivery) throws -> String {
        try name(delivery.key.destination)
    }
}
