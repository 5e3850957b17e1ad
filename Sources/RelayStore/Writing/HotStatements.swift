import SQLite

/// The statements that run for every event. Held by the ledger for as long as its connection.
struct HotStatements {
    let insertEvent: Statement
    let insertDelivery: Statement
    let takeDelivery: Statement
    let insertDelivered: Statement

    init(_ connection: Connection) throws(SQLiteError) {
        insertEvent = try connection.statement(
            """
            INSERT INTO events
                (seq, received_at_ms, source, hook, sha256, delivery_id, duplicate_of, parsable,
                 lane, remote, query, headers, body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """)
        insertDelivery = try connection.statement(
            """
            INSERT INTO deliveries (destination, due_at_ms, seq, attempts, source, lane)
            VALUES (?1, 0, ?2, 0, ?3, ?4)
            """)
        // The guard of every finish: the row must still be as it was claimed.
        takeDelivery = try connection.statement(
            """
            DELETE FROM deliveries
            WHERE destination = ?1 AND due_at_ms = ?2 AND seq = ?3 AND attempts = ?4
            """)
        insertDelivered = try connection.statement(
            """
            INSERT INTO delivered
                (seq, destination, finished_at_ms, attempts, started_at_ms, duration_ms, status,
                 tracer, replay)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
    }
}
