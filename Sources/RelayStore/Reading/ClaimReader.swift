package import RelayCore
import SQLite

/// Hands out due deliveries to the scheduler. Its own read connection, confined to the scheduler's
/// queue; a claim costs no write, because the process that reads here owns the store.
package final class ClaimReader {
    /// How far the untried deliveries of a destination have been read: they come in the order of
    /// their sequence and new ones come behind, so nothing is read twice.
    package struct Request: Sendable {
        package let destination: Int64
        package let after: (dueAtMs: Int64, sequence: Int64)
        package let dueAtMsLimit: Int64
        package let count: Int
        package let bytes: Int

        /// Never tried, in order of arrival, from behind `sequence` on.
        package static func untried(
            destination: Int64, after sequence: Int64, count: Int, bytes: Int
        ) -> Request {
            Request(
                destination: destination, after: (0, sequence), dueAtMsLimit: 0, count: count,
                bytes: bytes)
        }

        /// Tried or replayed and due again by `now`, longest due first.
        package static func tried(
            destination: Int64, after: (dueAtMs: Int64, sequence: Int64), now: Timestamp,
            count: Int, bytes: Int
        ) -> Request {
            Request(
                destination: destination, after: after, dueAtMsLimit: now.milliseconds,
                count: count, bytes: bytes)
        }
    }

    let connection: Connection
    private let file: StoreFile
    private var lineages: [Lineage]
    private var patches = ReplayPatches()

    package init(file: StoreFile) throws(StoreError) {
        self.file = file
        connection = try file.openForReading()
        do {
            lineages = try Lineage.readAll(connection)
        } catch {
            throw file.storeError(error)
        }
    }

    package func claimDue(_ request: Request) throws -> [Claim] {
        let rows = try connection.statement(
            ClaimReader.columns + """
                FROM deliveries AS d JOIN events AS e ON e.seq = d.seq
                LEFT JOIN replays AS r ON r.id = d.replay
                WHERE d.destination = ?1 AND (d.due_at_ms, d.seq) > (?2, ?3) AND d.due_at_ms <= ?4
                ORDER BY d.due_at_ms, d.seq LIMIT ?5
                """)
        defer { rows.reset() }
        try rows.bind(1, request.destination)
        try rows.bind(2, request.after.dueAtMs)
        try rows.bind(3, request.after.sequence)
        try rows.bind(4, request.dueAtMsLimit)
        try rows.bind(5, request.count)
        var claims: [Claim] = []
        var bytes = 0
        while bytes < request.bytes, try rows.step() {
            guard let claim = try claim(rows, destination: request.destination) else { continue }
            bytes += claim.body.count
            claims.append(claim)
        }
        return claims
    }

    static let columns = """
        SELECT d.seq, d.due_at_ms, d.attempts, d.replay, e.source, e.hook, e.received_at_ms,
               e.lane, e.body, r.started_at_ms, e.headers

        """

    /// Nil for a replayed delivery whose patch does not fit its body, which was tried before the
    /// row was moved: it stays in the queue, because to send it unpatched would be worse.
    func claim(_ row: Statement, destination: Int64) throws -> Claim? {
        let replay = row.optionalInt64(3)
        guard let body = try sentBody(row.bytes(8), replay: replay) else { return nil }
        return Claim(
            id: Lineage.id(of: row.int64(0), in: lineages), destination: destination,
            dueAtMs: row.int64(1), attempts: row.int(2), source: row.int64(4), hook: row.int64(5),
            receivedAt: Timestamp(milliseconds: row.int64(6)), lane: row.optionalText(7),
            replay: replay, body: body, trace: trace(row),
            replayedAt: row.optionalInt64(9).map(Timestamp.init(milliseconds:)))
    }

    private func trace(_ row: Statement) -> TraceContext? {
        guard row.withBytes(10, { TraceContext.mayStand(in: $0) }) else { return nil }
        return TraceContext(headerLines: row.bytes(10))
    }

    private func sentBody(_ body: [UInt8], replay: Int64?) throws -> [UInt8]? {
        guard let replay, let patch = try patches.patch(of: replay, connection) else { return body }
        return try? patch.applied(to: body)
    }

    /// When the next tried delivery of a destination is due; nil when there is none.
    package func nextDue(destination: Int64, after now: Timestamp) throws -> Timestamp? {
        let row = try connection.statement(
            """
            SELECT due_at_ms FROM deliveries WHERE destination = ?1 AND due_at_ms > ?2
            ORDER BY due_at_ms LIMIT 1
            """)
        defer { row.reset() }
        try row.bind(1, destination)
        try row.bind(2, max(now.milliseconds, 0))
        return try row.step() ? Timestamp(milliseconds: row.int64(0)) : nil
    }

    package func close() { connection.close() }
}
