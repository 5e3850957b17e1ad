package import RelayCore
package import RelayStore
import SQLite

extension StoreContents {
    /// What the tables hold, and every sign that they do not fit together.
    package static func read(
        _ file: StoreFile, now: Timestamp
    ) throws -> (contents: StoreContents, damages: [String]) {
        let connection = try file.openForReading()
        defer { connection.close() }
        var contents = StoreContents()
        var damages = try connection.prepare("PRAGMA integrity_check").rows { $0.text(0) }
            .filter { $0 != "ok" }
        try contents.readEvents(connection)
        try contents.readDeliveries(connection, &damages)
        let holds = try connection.prepare(
            "SELECT destination, coalesce(until_ms, 9223372036854775807) FROM holds")
        for (destination, until) in try holds.rows({ ($0.int64(0), $0.int64(1)) }) {
            contents.holds[destination] = until
        }
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        let audit = try reader.audit(now: now)
        if !audit.isBalanced { damages.append("the account is out of balance: \(audit)") }
        return (contents, damages)
    }

    private mutating func readEvents(_ connection: Connection) throws {
        let rows = try connection.prepare(
            """
            SELECT seq, source, hook, received_at_ms, sha256, delivery_id, duplicate_of, parsable,
                   lane, body
            FROM events
            """)
        try rows.forEachRow { row in
            events[row.int64(0)] = Event(
                source: row.int64(1), hook: row.int64(2), receivedAtMs: row.int64(3),
                sha256: row.bytes(4), deliveryID: row.optionalText(5),
                duplicateOf: row.optionalInt64(6), isParsable: row.int64(7) == 1,
                lane: row.optionalText(8), body: row.bytes(9))
        }
    }

    private mutating func readDeliveries(
        _ connection: Connection, _ damages: inout [String]
    ) throws {
        let rows = try connection.prepare(
            """
            SELECT 'queued', seq, destination, due_at_ms, attempts FROM deliveries
            UNION ALL SELECT 'delivered', seq, destination, finished_at_ms, attempts FROM delivered
            UNION ALL SELECT state, seq, destination, finished_at_ms, attempts FROM dead_letters
            UNION ALL SELECT 'discarded', seq, destination, finished_at_ms, attempts FROM discarded
            """)
        try rows.forEachRow { row in
            let key = DeliveryKey(sequence: row.int64(1), destination: row.int64(2))
            if deliveries[key] != nil { damages.append("\(key) stands in two places") }
            if events[key.sequence] == nil { damages.append("\(key) has no event") }
            deliveries[key] = Place(row.text(0), atMs: row.int64(3), attempts: row.int(4))
        }
        let history = try connection.prepare(
            "SELECT seq, destination, count(*) FROM attempts GROUP BY seq, destination")
        try history.forEachRow { row in
            attempts[DeliveryKey(sequence: row.int64(0), destination: row.int64(1))] = row.int(2)
        }
    }
}

extension StoreContents.Place {
    fileprivate init(_ name: String, atMs: Int64, attempts: Int) {
        switch name {
        case "queued": self = .queued(dueAtMs: atMs, attempts: attempts)
        case "delivered": self = .delivered(atMs: atMs, attempts: attempts)
        case "dead": self = .dead(atMs: atMs, attempts: attempts)
        case "expired": self = .expired(atMs: atMs, attempts: attempts)
        default: self = .discarded(atMs: atMs, attempts: attempts)
        }
    }
}
