import RelayCore
import SQLite

/// A row of the running totals.
struct AuditTotals {
    let day: Int64
    let source: Int64
    let destination: Int64
    let accepted: Int64
    let duplicates: Int64
    let delivered: Int64
    let dead: Int64
    let discarded: Int64
    let expired: Int64
    /// In the order of the four above.
    let pruned: [Int64]

    /// What must stand in the queue.
    var waiting: Int64 { accepted - duplicates - delivered - dead - discarded - expired }

    static func read(_ connection: Connection, from day: Int64) throws -> [AuditTotals] {
        let rows = try connection.statement(
            """
            SELECT day, source, destination, accepted, duplicates, delivered, dead, discarded,
                   expired, pruned_delivered, pruned_dead, pruned_discarded, pruned_expired
            FROM audit_days WHERE day >= ?1 ORDER BY day, source, destination
            """)
        try rows.bind(1, day)
        return try rows.rows { row in
            AuditTotals(
                day: row.int64(0), source: row.int64(1), destination: row.int64(2),
                accepted: row.int64(3), duplicates: row.int64(4), delivered: row.int64(5),
                dead: row.int64(6), discarded: row.int64(7), expired: row.int64(8),
                pruned: [row.int64(9), row.int64(10), row.int64(11), row.int64(12)])
        }
    }
}
