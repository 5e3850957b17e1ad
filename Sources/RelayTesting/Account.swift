package import RelayStore
import SQLite

/// The account as the tables have it, counted row by row: the judge of the running totals.
package struct Account: Sendable {
    package let accepted: Int64
    package let duplicates: Int64
    package let queued: Int64
    package let delivered: Int64
    package let dead: Int64
    package let expired: Int64
    package let discarded: Int64
    private let totals: [Int64]

    package init(_ store: TestStore) throws {
        try self.init(store.file)
    }

    package init(_ file: StoreFile) throws {
        let connection = try file.openForReading()
        defer { connection.close() }
        func count(_ sql: String) throws -> Int64 { try connection.scalar(sql) ?? 0 }
        // One moment of a store that a relay may be working on.
        try connection.execute("BEGIN")
        queued = try count("SELECT count(*) FROM deliveries")
        delivered = try count("SELECT count(*) FROM delivered")
        dead = try count("SELECT count(*) FROM dead_letters WHERE state = 'dead'")
        expired = try count("SELECT count(*) FROM dead_letters WHERE state = 'expired'")
        discarded = try count("SELECT count(*) FROM discarded")
        accepted = try count("SELECT total(accepted) FROM audit_days")
        duplicates = try count("SELECT total(duplicates) FROM audit_days")
        totals = try ["delivered", "dead", "expired", "discarded"].map { term in
            try count("SELECT total(\(term)) - total(pruned_\(term)) FROM audit_days")
        }
    }

    /// What went in is what is there, and the running totals say the same as the rows.
    package var isBalanced: Bool {
        accepted == duplicates + queued + totals.reduce(0, +)
            && totals == [delivered, dead, expired, discarded]
    }
}
