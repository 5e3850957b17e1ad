package import RelayCore
import SQLite

extension StoreReader {
    /// How many of the events after the first are searched for its repeats. Nothing leads from an
    /// event to them, and they come within the source's window, which is short.
    static let duplicateSearchEvents = 10_000

    static let detailSQL = """
        SELECT received_at_ms, source, hook, lane, length(body), duplicate_of, sha256, delivery_id,
               parsable, remote, query, erased_at_ms, headers, body
        FROM events WHERE seq = ?1
        """
    static let duplicatesSQL = """
        SELECT count(*) FROM
            (SELECT duplicate_of FROM events WHERE seq > ?1 ORDER BY seq LIMIT ?2)
        WHERE duplicate_of = ?1
        """
    static let historySQL = """
        SELECT attempt, started_at_ms, duration_ms, status, error_class, message, tracer
        FROM attempts WHERE seq = ?1 AND destination = ?2 ORDER BY attempt
        """
    static let deliveredAttemptSQL = """
        SELECT attempts, started_at_ms, duration_ms, status, NULL, NULL, tracer FROM delivered
        WHERE seq = ?1 AND destination = ?2
        """

    /// Nil when the store has no such event (never had, or it was pruned).
    package func show(_ id: EventID, now: Timestamp) throws -> EventDetail? {
        try refreshNames()
        guard eventID(id.sequence) == id else { return nil }
        return try snapshot { _ in
            let statement = try connection.statement(Self.detailSQL)
            defer { statement.reset() }
            try statement.bind(1, id.sequence)
            guard try statement.step() else { return nil }
            return try detail(id, statement, now: now)
        }
    }

    private func detail(_ id: EventID, _ row: Statement, now: Timestamp) throws -> EventDetail {
        let event = EventRow(
            receivedAt: Timestamp(milliseconds: row.int64(0)), source: row.int64(1),
            hook: row.int64(2), lane: row.optionalText(3), bytes: row.int(4),
            duplicateOf: row.optionalInt64(5))
        let held = try heldDestinations(now: now)
        let deliveries = try rowsOfEvent(id.sequence, held: held, now: now).map { found in
            EventDetail.Delivery(
                record: try record(of: found, event),
                history: try history(found.key, state: found.state))
        }
        return EventDetail(
            id: id, source: try name(event.source), hook: try name(event.hook),
            receivedAt: event.receivedAt, bytes: event.bytes, lane: event.lane,
            sha256: row.bytes(6), deliveryID: row.optionalText(7), isParsable: row.int64(8) == 1,
            remoteAddress: row.text(9), query: row.optionalText(10),
            headers: HeaderLines.parse(row.bytes(12)),
            erasedAt: row.optionalInt64(11).map(Timestamp.init(milliseconds:)),
            duplicateOf: event.duplicateOf.map(eventID),
            duplicates: try event.duplicateOf == nil ? duplicates(of: id.sequence) : 0,
            deliveries: deliveries.reversed(), body: row.bytes(13))
    }

    private func duplicates(of sequence: Int64) throws -> Int {
        let rows = try connection.statement(Self.duplicatesSQL)
        try rows.bind(1, sequence)
        try rows.bind(2, Self.duplicateSearchEvents)
        return try rows.first { $0.int(0) } ?? 0
    }

    private func history(
        _ key: DeliveryKey, state: DeliveryState
    ) throws -> [EventDetail.HistoryEntry] {
        var entries = try historyEntries(Self.historySQL, key)
        if state == .delivered { entries += try historyEntries(Self.deliveredAttemptSQL, key) }
        return entries
    }

    private func historyEntries(
        _ sql: String, _ key: DeliveryKey
    ) throws -> [EventDetail.HistoryEntry] {
        let rows = try connection.statement(sql)
        try rows.bind(1, key.sequence)
        try rows.bind(2, key.destination)
        return try rows.rows { row in
            let attempt = Attempt(
                startedAt: Timestamp(milliseconds: row.int64(1)), durationMs: row.int64(2),
                status: row.optionalInt(3),
                errorClass: row.optionalText(4).flatMap(ErrorClass.init(rawValue:)),
                message: row.optionalText(5), tracer: row.optionalText(6))
            return EventDetail.HistoryEntry(number: row.int(0), attempt: attempt)
        }
    }
}
