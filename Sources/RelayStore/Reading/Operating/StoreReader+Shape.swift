package import RelayCore
import SQLite

extension StoreReader {
    /// Counts what waits. Unlike the other answers this reads the whole queue once, without
    /// bodies: writers go on meanwhile, but the log cannot shrink until it ends.
    package func shape(by key: QueueShape.Key, now: Timestamp) throws -> QueueShape {
        try refreshNames()
        var counts: [String: [Int64]] = [:]
        for destination in names.numbers(.destination) {
            let found = try snapshot { _ in try shape(of: destination, by: key, now: now) }
            for (name, bucket, count) in found {
                counts[name, default: Array(repeating: 0, count: QueueShape.ages.count + 1)][
                    bucket] += count
            }
        }
        return QueueShape(counts)
    }

    private func shape(
        of destination: Int64, by key: QueueShape.Key, now: Timestamp
    ) throws -> [(name: String, bucket: Int, count: Int64)] {
        let rows = try connection.statement(Self.shapeSQL(key))
        defer { rows.reset() }
        try rows.bind(1, destination)
        for (index, age) in QueueShape.ages.enumerated() {
            let youngest = now.adding(ms: -age.milliseconds)
            try rows.bind(2 + index, EventID.firstSequence(at: youngest))
        }
        var found: [(String, Int, Int64)] = []
        while try rows.step() {
            let name =
                switch key {
                case .destination: try self.name(destination)
                case .hook: "\(try self.name(rows.int64(3)))/\(try self.name(rows.int64(0)))"
                case .error: rows.optionalText(0) ?? "untried"
                }
            found.append((name, rows.int(1), rows.int64(2)))
        }
        return found
    }

    /// The newest column first, as far as an event's sequence reaches.
    private static func shapeSQL(_ key: QueueShape.Key) -> String {
        let bucket = """
            CASE WHEN d.seq >= ?2 THEN 0 WHEN d.seq >= ?3 THEN 1 WHEN d.seq >= ?4 THEN 2
                 WHEN d.seq >= ?5 THEN 3 WHEN d.seq >= ?6 THEN 4 WHEN d.seq >= ?7 THEN 5
                 WHEN d.seq >= ?8 THEN 6 ELSE 7 END
            """
        let (first, last, join) =
            switch key {
            case .destination: ("0", "0", "")
            case .hook: ("e.hook", "e.source", "JOIN events AS e ON e.seq = d.seq")
            case .error: ("d.error_class", "0", "")
            }
        return """
            SELECT \(first), \(bucket), count(*), \(last) FROM deliveries AS d \(join)
            WHERE d.destination = ?1 GROUP BY 1, 2, 4
            """
    }
}
