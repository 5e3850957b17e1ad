import RelayCore
import SQLite

/// What the running relay said it is sending right now; nothing when it has not spoken lately.
struct UnderWay {
    private let connection: Connection
    private let destinations: Set<Int64>

    init(_ connection: Connection, now: Timestamp) throws {
        self.connection = connection
        let rows = try connection.statement(
            "SELECT destination FROM gates WHERE said_at_ms BETWEEN ?1 AND ?2")
        try rows.bind(1, now.milliseconds - StoreReader.gateFreshMs)
        try rows.bind(2, now.milliseconds + StoreReader.gateFreshMs)
        destinations = Set(try rows.rows { $0.int64(0) })
    }

    func isFresh(_ destination: Int64) -> Bool { destinations.contains(destination) }

    /// Gives rows of the queue their state while they are being sent.
    func mark(_ rows: inout [DeliveryRow]) throws {
        for index in rows.indices where !rows[index].state.isFinal {
            if try contains(rows[index].key) { rows[index].state = .inflight }
        }
    }

    private func contains(_ key: DeliveryKey) throws -> Bool {
        guard isFresh(key.destination) else { return false }
        let row = try connection.statement(
            "SELECT 1 FROM in_flight WHERE destination = ?1 AND seq = ?2")
        try row.bind(1, key.destination)
        try row.bind(2, key.sequence)
        return try row.first { _ in true } ?? false
    }
}
