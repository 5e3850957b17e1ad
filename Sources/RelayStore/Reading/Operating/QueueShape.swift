package import RelayCore

/// The queue as a table: rows by a key, columns by age.
package struct QueueShape: Sendable {
    package enum Key: String, Sendable, CaseIterable {
        case destination, hook, error
    }

    package struct Row: Sendable, Hashable {
        package let key: String
        /// One per age limit, and one for what is older.
        package var counts: [Int64]

        package var total: Int64 { counts.reduce(0, +) }
    }

    /// Upper ends of the columns, in their order.
    package static let ages: [RelayCore.Span] = [
        "1m", "5m", "15m", "1h", "6h", "1d", "7d",
    ].compactMap(RelayCore.Span.init)

    /// Worst first: what has waited longest, then what is most.
    package let rows: [Row]

    init(_ counts: [String: [Int64]]) {
        rows = counts.map { Row(key: $0.key, counts: $0.value) }.sorted { left, right in
            for (one, other) in zip(left.counts.reversed(), right.counts.reversed())
            where (one > 0) != (other > 0) {
                return one > 0
            }
            return (right.total, left.key) < (left.total, right.key)
        }
    }
}
