package import RelayCore
import SQLite

extension StoreReader {
    /// Rows of the queue counted in one transaction.
    package static let shapeRows = 50_000

    /// Counts what waits: the whole queue once, without bodies, in parts of which each is a
    /// transaction of its own. What changes meanwhile may be counted as it was or as it is.
    ///
    /// `progress` is told how many rows were counted.
    package func shape(
        by key: QueueShape.Key, now: Timestamp, rows: Int = StoreReader.shapeRows,
        progress: (_ counted: Int64) -> Void = { _ in }
    ) throws -> QueueShape {
        try refreshNames()
        var counts: [String: [Int64]] = [:]
        var counted: Int64 = 0
        for destination in names.numbers(.destination) {
            for part in ShapePart.allCases {
                var place: Int64 = -1
                while let end = try end(part, destination, place, rows) {
                    let found = try snapshot { _ in
                        try shape(part, of: destination, after: place, to: end, by: key, now: now)
                    }
                    for (name, bucket, count) in found {
                        let none = Array(repeating: Int64(0), count: QueueShape.ages.count + 1)
                        counts[name, default: none][bucket] += count
                        counted += count
                    }
                    place = end
                    progress(counted)
                }
            }
        }
        return QueueShape(counts)
    }

    /// The last row of the next part; nil when there is none.
    private func end(
        _ part: ShapePart, _ destination: Int64, _ place: Int64, _ rows: Int
    ) throws -> Int64? {
        try snapshot { connection in
            let row = try connection.statement(part.endSQL)
            try row.bind(1, destination)
            try row.bind(2, place)
            try row.bind(3, rows)
            return try row.first { $0.optionalInt64(0) } ?? nil
        }
    }

    private func shape(
        _ part: ShapePart, of destination: Int64, after place: Int64, to end: Int64,
        by key: QueueShape.Key, now: Timestamp
    ) throws -> [(name: String, bucket: Int, count: Int64)] {
        let rows = try connection.statement(part.countSQL(key))
        defer { rows.reset() }
        try rows.bind(1, destination)
        for (index, age) in QueueShape.ages.enumerated() {
            let youngest = now.adding(ms: -age.milliseconds)
            try rows.bind(2 + index, EventID.firstSequence(at: youngest))
        }
        try rows.bind(2 + QueueShape.ages.count, place)
        try rows.bind(3 + QueueShape.ages.count, end)
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
}
