import RelayCore
import SQLite

extension StoreReader {
    static let eventSQL = """
        SELECT received_at_ms, source, hook, lane, length(body), duplicate_of,
               parsable = 1 AND erased_at_ms IS NULL
        FROM events WHERE seq = ?1
        """
    static let lastAttemptSQL = """
        SELECT message, tracer FROM attempts WHERE seq = ?1 AND destination = ?2
        ORDER BY attempt DESC LIMIT 1
        """

    func event(_ sequence: Int64) throws -> EventRow? {
        let row = try connection.statement(Self.eventSQL)
        try row.bind(1, sequence)
        return try row.first { row in
            EventRow(
                receivedAt: Timestamp(milliseconds: row.int64(0)), source: row.int64(1),
                hook: row.int64(2), lane: row.optionalText(3), bytes: row.int(4),
                duplicateOf: row.optionalInt64(5), isSendable: row.int64(6) == 1)
        }
    }

    /// The record of a row, or nil when it does not fit the query.
    func record(of row: DeliveryRow, _ query: ListQuery) throws -> DeliveryRecord? {
        guard query.fits(row), let event = try event(row.key.sequence), query.fits(event),
            try bodyFits(row.key.sequence, query.bodies)
        else { return nil }
        return try record(of: row, event)
    }

    func record(of row: DeliveryRow, _ event: EventRow) throws -> DeliveryRecord {
        var row = row
        if row.queuedDueAtMs.map({ $0 > 0 && row.attempts > 0 }) ?? (row.state != .delivered) {
            try addLastAttempt(&row)
        }
        let due = row.queuedDueAtMs.map {
            $0 == 0 ? event.receivedAt : Timestamp(milliseconds: $0)
        }
        return DeliveryRecord(
            key: row.key, queuedDueAtMs: row.queuedDueAtMs, id: eventID(row.key.sequence),
            source: try name(event.source), hook: try name(event.hook),
            destination: try name(row.key.destination), state: row.state, attempts: row.attempts,
            receivedAt: event.receivedAt, dueAt: due,
            finishedAt: row.finishedAtMs.map(Timestamp.init(milliseconds:)), bytes: event.bytes,
            lane: event.lane, lastStatus: row.status, lastError: row.message,
            errorClass: row.errorClass, tracer: row.tracer, duplicateOf: nil,
            isSendable: event.isSendable)
    }

    func duplicateRecord(_ sequence: Int64, _ event: EventRow, first: Int64) throws
        -> DeliveryRecord
    {
        DeliveryRecord(
            key: DeliveryKey(sequence: sequence, destination: 0), queuedDueAtMs: nil,
            id: eventID(sequence), source: try name(event.source), hook: try name(event.hook),
            destination: nil, state: nil, attempts: 0, receivedAt: event.receivedAt, dueAt: nil,
            finishedAt: nil, bytes: event.bytes, lane: event.lane, lastStatus: nil,
            lastError: nil, errorClass: nil, tracer: nil, duplicateOf: eventID(first),
            isSendable: false)
    }

    /// The queue's row keeps the class and the status; the words stand with the attempt.
    private func addLastAttempt(_ row: inout DeliveryRow) throws {
        let last = try connection.statement(Self.lastAttemptSQL)
        try last.bind(1, row.key.sequence)
        try last.bind(2, row.key.destination)
        let found = try last.first { ($0.optionalText(0), $0.optionalText(1)) }
        row.message = row.message ?? found?.0
        row.tracer = row.tracer ?? found?.1
    }

    private func bodyFits(_ sequence: Int64, _ search: BodySearch) throws -> Bool {
        guard search.readsBodies else { return true }
        let row = try connection.statement("SELECT body FROM events WHERE seq = ?1")
        defer { row.reset() }
        try row.bind(1, sequence)
        guard try row.step() else { return false }
        return search.fits(row, column: 0)
    }
}
