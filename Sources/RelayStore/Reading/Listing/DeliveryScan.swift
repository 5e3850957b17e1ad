import RelayCore
import SQLite

/// Reads one kind of rows downwards from a place, driven by an index, never more than asked for.
///
/// The queue has two ranges per destination, in the order of the sequence: the untried rows (their
/// part of the primary key has one due time) and the tried ones (a partial index). The final tables
/// are kept in the order of the listing.
enum DeliveryScan {
    case untried(destination: Int64, state: DeliveryState)
    case tried(destination: Int64, state: DeliveryState)
    /// What the running relay says it is sending; only for a listing of nothing else that waits.
    case inFlight(destination: Int64)
    /// The same for retries.
    case inFlightAgain(destination: Int64)
    case delivered, deadLetters, discarded

    static let untriedSQL = """
        SELECT seq, destination, attempts, due_at_ms, last_status, error_class FROM deliveries
        WHERE destination = ?1 AND due_at_ms = 0 AND seq >= ?2 AND seq < ?3
        ORDER BY seq DESC LIMIT ?4
        """
    static let triedSQL = """
        SELECT seq, destination, attempts, due_at_ms, last_status, error_class
        FROM deliveries INDEXED BY deliveries_tried
        WHERE destination = ?1 AND due_at_ms > 0 AND seq >= ?2 AND seq < ?3
        ORDER BY seq DESC LIMIT ?4
        """
    static let inFlightSQL = """
        SELECT d.seq, d.destination, d.attempts, d.due_at_ms, d.last_status, d.error_class
        FROM in_flight AS f CROSS JOIN deliveries AS d
             ON d.destination = f.destination AND d.seq = f.seq AND d.due_at_ms = 0
        WHERE f.destination = ?1 AND f.seq >= ?2 AND f.seq < ?3
        ORDER BY f.seq DESC LIMIT ?4
        """
    static let inFlightAgainSQL = """
        SELECT d.seq, d.destination, d.attempts, d.due_at_ms, d.last_status, d.error_class
        FROM in_flight AS f CROSS JOIN deliveries AS d INDEXED BY deliveries_tried
             ON d.destination = f.destination AND d.seq = f.seq AND d.due_at_ms > 0
        WHERE f.destination = ?1 AND f.seq >= ?2 AND f.seq < ?3
        ORDER BY f.seq DESC LIMIT ?4
        """
    static let deliveredSQL = """
        SELECT seq, destination, attempts, finished_at_ms, status, NULL, NULL, tracer, 'delivered'
        FROM delivered WHERE seq >= ?1 AND (seq, destination) < (?2, ?3)
        ORDER BY seq DESC, destination DESC LIMIT ?4
        """
    static let deadLettersSQL = """
        SELECT seq, destination, attempts, finished_at_ms, status, error_class, message, NULL, state
        FROM dead_letters WHERE seq >= ?1 AND (seq, destination) < (?2, ?3)
        ORDER BY seq DESC, destination DESC LIMIT ?4
        """
    static let discardedSQL = """
        SELECT seq, destination, attempts, finished_at_ms, status, error_class, message, NULL,
               'discarded'
        FROM discarded WHERE seq >= ?1 AND (seq, destination) < (?2, ?3)
        ORDER BY seq DESC, destination DESC LIMIT ?4
        """

    func read(
        _ connection: Connection, before key: DeliveryKey, from first: Int64, count: Int
    ) throws -> [DeliveryRow] {
        switch self {
        case .untried(let destination, let state):
            try queue(
                connection.statement(Self.untriedSQL), destination, state, key, first, count)
        case .tried(let destination, let state):
            try queue(connection.statement(Self.triedSQL), destination, state, key, first, count)
        case .inFlight(let destination):
            try queue(
                connection.statement(Self.inFlightSQL), destination, .inflight, key, first, count)
        case .inFlightAgain(let destination):
            try queue(
                connection.statement(Self.inFlightAgainSQL), destination, .inflight, key, first,
                count)
        case .delivered: try final(connection.statement(Self.deliveredSQL), key, first, count)
        case .deadLetters: try final(connection.statement(Self.deadLettersSQL), key, first, count)
        case .discarded: try final(connection.statement(Self.discardedSQL), key, first, count)
        }
    }

    private func queue(
        _ rows: Statement, _ destination: Int64, _ state: DeliveryState, _ key: DeliveryKey,
        _ first: Int64, _ count: Int
    ) throws -> [DeliveryRow] {
        // Within one event the listing goes from the higher destination to the lower.
        let end =
            destination < key.destination && key.sequence < .max
            ? key.sequence + 1 : key.sequence
        try rows.bind(1, destination)
        try rows.bind(2, first)
        try rows.bind(3, end)
        try rows.bind(4, count)
        return try rows.rows { row in
            DeliveryRow(
                key: DeliveryKey(sequence: row.int64(0), destination: row.int64(1)), state: state,
                attempts: row.int(2), queuedDueAtMs: row.int64(3), status: row.optionalInt(4),
                errorClass: row.optionalText(5))
        }
    }

    private func final(
        _ rows: Statement, _ key: DeliveryKey, _ first: Int64, _ count: Int
    ) throws -> [DeliveryRow] {
        try rows.bind(1, first)
        try rows.bind(2, key.sequence)
        try rows.bind(3, key.destination)
        try rows.bind(4, count)
        return try rows.rows(Self.finalRow)
    }

    static func finalRow(_ row: Statement) -> DeliveryRow {
        DeliveryRow(
            key: DeliveryKey(sequence: row.int64(0), destination: row.int64(1)),
            state: DeliveryState(rawValue: row.text(8)) ?? .dead, attempts: row.int(2),
            finishedAtMs: row.int64(3), status: row.optionalInt(4),
            errorClass: row.optionalText(5), message: row.optionalText(6),
            tracer: row.optionalText(7))
    }
}
