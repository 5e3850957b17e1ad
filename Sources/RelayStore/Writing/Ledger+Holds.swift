package import RelayCore
import SQLite

extension Ledger {
    /// The operator stops sending to a destination, until a time or until he says otherwise.
    package func hold(
        _ destination: Int64, at now: Timestamp, until: Timestamp?, reason: String
    ) throws {
        let statement = try connection.statement(
            """
            INSERT OR REPLACE INTO holds (destination, held_at_ms, until_ms, reason)
            VALUES (?1, ?2, ?3, ?4)
            """)
        try statement.bind(1, destination)
        try statement.bind(2, now.milliseconds)
        try statement.bind(3, until?.milliseconds)
        try statement.bind(4, reason)
        try statement.run()
    }

    /// Ends a hold, and tells a running relay to forget any rest or refusal of the destination.
    /// - Returns: whether there was a hold.
    package func release(_ destination: Int64, at now: Timestamp) throws -> Bool {
        let delete = try connection.statement("DELETE FROM holds WHERE destination = ?1")
        try delete.bind(1, destination)
        try delete.run()
        let wasHeld = connection.changes > 0
        let note = try connection.statement(
            "INSERT OR REPLACE INTO meta (key, value) VALUES ('released/' || ?1, ?2)")
        try note.bind(1, destination)
        // A second release in the same millisecond is the same release.
        try note.bind(2, "\(now.milliseconds)")
        try note.run()
        return wasHeld
    }
}
