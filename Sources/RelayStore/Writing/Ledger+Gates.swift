import RelayCore
import SQLite

extension Ledger {
    /// Writes what the relay says of a destination.
    package func publish(_ report: GateReport) throws {
        let statement = try connection.statement(
            """
            INSERT OR REPLACE INTO gates
                (destination, state, until_ms, in_flight, window, last_error, last_error_ms,
                 said_at_ms)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        try statement.bind(1, report.destination)
        try statement.bind(2, report.state)
        try statement.bind(3, report.until?.milliseconds)
        try statement.bind(4, report.inFlight)
        try statement.bind(5, report.window)
        try statement.bind(6, report.lastError)
        try statement.bind(7, report.lastErrorAt?.milliseconds)
        try statement.bind(8, report.saidAt.milliseconds)
        try statement.run()
        try publish("token/\(report.destination)", report.tokenExpiresAt?.milliseconds)
    }

    /// Below how much free disk no event is taken, for `status`, which opens the store alone.
    package func publish(reserveBytes: Int64) throws {
        try publish("disk_reserve", reserveBytes)
    }

    private func publish(_ key: String, _ number: Int64?) throws {
        guard let number else {
            let delete = try connection.statement("DELETE FROM meta WHERE key = ?1")
            try delete.bind(1, key)
            return try delete.run()
        }
        let insert = try connection.statement(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")
        try insert.bind(1, key)
        try insert.bind(2, "\(number)")
        try insert.run()
    }

    /// Writes which deliveries have been under way for a while.
    /// - Parameter removed: those that no longer are; nil: all that were said before.
    package func publish(inFlight added: [InFlightKey], removed: [InFlightKey]?) throws {
        if removed == nil { try connection.execute("DELETE FROM in_flight") }
        let delete = try connection.statement(
            "DELETE FROM in_flight WHERE destination = ?1 AND seq = ?2")
        for key in removed ?? [] {
            try delete.bind(1, key.destination)
            try delete.bind(2, key.sequence)
            try delete.run()
        }
        let insert = try connection.statement(
            "INSERT OR IGNORE INTO in_flight (destination, seq) VALUES (?1, ?2)")
        for key in added {
            try insert.bind(1, key.destination)
            try insert.bind(2, key.sequence)
            try insert.run()
        }
    }
}
