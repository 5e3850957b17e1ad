import RelayCore
import SQLite

extension StoreReader {
    func holds(now: Timestamp) throws -> [Int64: DestinationStatus.Hold] {
        let rows = try connection.statement(
            """
            SELECT destination, held_at_ms, until_ms, reason FROM holds
            WHERE until_ms IS NULL OR until_ms > ?1
            """)
        try rows.bind(1, now.milliseconds)
        let found = try rows.rows { row in
            (
                row.int64(0),
                DestinationStatus.Hold(
                    heldAt: Timestamp(milliseconds: row.int64(1)),
                    until: row.optionalInt64(2).map(Timestamp.init(milliseconds:)),
                    reason: row.text(3))
            )
        }
        return Dictionary(found) { first, _ in first }
    }

    func gates() throws -> [Int64: DestinationStatus.Gate] {
        let rows = try connection.statement(
            """
            SELECT destination, state, until_ms, in_flight, window, last_error, last_error_ms,
                   said_at_ms,
                   (SELECT value FROM meta WHERE key = 'token/' || destination)
            FROM gates
            """)
        let found = try rows.rows { row in
            (
                row.int64(0),
                DestinationStatus.Gate(
                    state: row.text(1),
                    until: row.optionalInt64(2).map(Timestamp.init(milliseconds:)),
                    inFlight: row.int(3), window: row.int(4), lastError: row.optionalText(5),
                    lastErrorAt: row.optionalInt64(6).map(Timestamp.init(milliseconds:)),
                    saidAt: Timestamp(milliseconds: row.int64(7)),
                    tokenExpiresAt: row.optionalInt64(8).map(Timestamp.init(milliseconds:)))
            )
        }
        return Dictionary(found) { first, _ in first }
    }

    /// As the relay said at its start; nil: none has run on this store.
    func reserveBytes() throws -> Int64? {
        let row = try connection.statement("SELECT value FROM meta WHERE key = 'disk_reserve'")
        return try row.first { $0.int64(0) }
    }
}
