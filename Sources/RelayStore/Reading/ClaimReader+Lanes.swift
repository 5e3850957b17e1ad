package import RelayCore
import SQLite

extension ClaimReader {
    /// The oldest unfinished delivery of a lane: the only one that may go.
    package func laneHead(destination: Int64, lane: Int64) throws -> Int64? {
        let row = try connection.statement(
            """
            SELECT seq FROM deliveries WHERE destination = ?1 AND lane = ?2 ORDER BY seq LIMIT 1
            """)
        defer { row.reset() }
        try row.bind(1, destination)
        try row.bind(2, lane)
        return try row.step() ? row.int64(0) : nil
    }

    /// Whether a dead letter of the lane came before: it holds the lane back where the policy of
    /// its source is to block.
    package func hasDeadLetter(
        destination: Int64, lane: Int64, before sequence: Int64
    ) throws -> Bool {
        let row = try connection.statement(
            """
            SELECT 1 FROM dead_letters WHERE destination = ?1 AND lane = ?2 AND seq < ?3 LIMIT 1
            """)
        defer { row.reset() }
        try row.bind(1, destination)
        try row.bind(2, lane)
        try row.bind(3, sequence)
        return try row.step()
    }

    /// Whether a delivery still waits as it was read. One that an operator has given up, erased or
    /// sent again does not.
    package func stands(_ claim: Claim) throws -> Bool {
        let row = try connection.statement(
            """
            SELECT 1 FROM deliveries
            WHERE destination = ?1 AND due_at_ms = ?2 AND seq = ?3 AND attempts = ?4
            """)
        defer { row.reset() }
        try row.bind(1, claim.destination)
        try row.bind(2, claim.dueAtMs)
        try row.bind(3, claim.id.sequence)
        try row.bind(4, claim.attempts)
        return try row.step()
    }

    /// One delivery, wherever it stands in the order of work.
    package func claim(destination: Int64, sequence: Int64) throws -> Claim? {
        let untried = try connection.statement(
            ClaimReader.columns + """
                FROM deliveries AS d JOIN events AS e ON e.seq = d.seq
                LEFT JOIN replays AS r ON r.id = d.replay
                WHERE d.destination = ?1 AND d.due_at_ms = 0 AND d.seq = ?2
                """)
        let tried = try connection.statement(
            ClaimReader.columns + """
                FROM deliveries AS d JOIN events AS e ON e.seq = d.seq
                LEFT JOIN replays AS r ON r.id = d.replay
                WHERE d.destination = ?1 AND d.due_at_ms > 0 AND d.seq = ?2
                """)
        for rows in [untried, tried] {
            defer { rows.reset() }
            try rows.bind(1, destination)
            try rows.bind(2, sequence)
            if try rows.step() { return try claim(rows, destination: destination) }
        }
        return nil
    }

    /// Without their bodies: they are finished, not sent.
    private static let columnsWithoutBody = columns.replacing("e.body", with: "x''")
        .replacing("e.headers", with: "x''")

    /// Unfinished deliveries received before `time`, oldest first among the untried and among the
    /// tried. What an operator sent again is not too old for him.
    package func overdue(destination: Int64, before time: Timestamp, limit: Int) throws -> [Claim] {
        let untried = try connection.statement(
            ClaimReader.columnsWithoutBody + """
                FROM deliveries AS d JOIN events AS e ON e.seq = d.seq
                LEFT JOIN replays AS r ON r.id = d.replay
                WHERE d.destination = ?1 AND d.due_at_ms = 0 AND d.seq < ?2
                ORDER BY d.seq LIMIT ?3
                """)
        let tried = try connection.statement(
            ClaimReader.columnsWithoutBody + """
                FROM deliveries AS d INDEXED BY deliveries_aging JOIN events AS e ON e.seq = d.seq
                LEFT JOIN replays AS r ON r.id = d.replay
                WHERE d.destination = ?1 AND d.due_at_ms > 0 AND d.seq < ?2 AND d.replay IS NULL
                ORDER BY d.seq LIMIT ?3
                """)
        var claims: [Claim] = []
        for rows in [untried, tried] {
            defer { rows.reset() }
            try rows.bind(1, destination)
            try rows.bind(2, EventID.firstSequence(at: time))
            try rows.bind(3, limit)
            while try rows.step() {
                if let claim = try claim(rows, destination: destination) { claims.append(claim) }
            }
        }
        return claims
    }
}
