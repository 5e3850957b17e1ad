import RelayCore
import SQLite

/// Counts rows by day and destination, and those of the queue by source. Reads each table once, in
/// the order of its key and without its neighbours: a few seconds for ten million rows.
struct AuditCount {
    struct Place: Hashable {
        let day: Int64
        let destination: Int64
    }

    struct QueuePlace: Hashable {
        let day: Int64
        let source: Int64
        let destination: Int64
    }

    private(set) var waiting: [QueuePlace: Int64] = [:]
    private(set) var underWay: [QueuePlace: Int64] = [:]
    private(set) var delivered: [Place: Int64] = [:]
    private(set) var dead: [Place: Int64] = [:]
    private(set) var expired: [Place: Int64] = [:]
    private(set) var discarded: [Place: Int64] = [:]

    static let waitingSQL = """
        SELECT seq, source FROM deliveries WHERE destination = ?1 AND seq >= ?2
        """

    init(
        _ connection: Connection, destinations: [Int64], from first: Int64, underWay: Set<Int64>
    ) throws {
        for destination in destinations {
            let rows = try connection.statement(Self.waitingSQL)
            try rows.bind(1, destination)
            try rows.bind(2, first)
            waiting.merge(try Self.count(rows, destination: destination)) { $0 + $1 }
        }
        delivered = try count(
            connection, "SELECT seq, destination FROM delivered WHERE seq >= ?1", first)
        dead = try count(
            connection,
            "SELECT seq, destination FROM dead_letters WHERE seq >= ?1 AND state = 'dead'", first)
        expired = try count(
            connection,
            "SELECT seq, destination FROM dead_letters WHERE seq >= ?1 AND state = 'expired'", first
        )
        discarded = try count(
            connection, "SELECT seq, destination FROM discarded WHERE seq >= ?1", first)
        for destination in underWay {
            for sql in [Self.underWaySQL, Self.underWayAgainSQL] {
                let rows = try connection.statement(sql)
                try rows.bind(1, destination)
                try rows.bind(2, first)
                self.underWay.merge(try Self.count(rows, destination: destination)) { $0 + $1 }
            }
        }
    }

    private static let underWaySQL = """
        SELECT d.seq, d.source FROM in_flight AS f CROSS JOIN deliveries AS d
               ON d.destination = f.destination AND d.seq = f.seq AND d.due_at_ms = 0
        WHERE f.destination = ?1 AND f.seq >= ?2
        """
    private static let underWayAgainSQL = """
        SELECT d.seq, d.source
        FROM in_flight AS f CROSS JOIN deliveries AS d INDEXED BY deliveries_tried
             ON d.destination = f.destination AND d.seq = f.seq AND d.due_at_ms > 0
        WHERE f.destination = ?1 AND f.seq >= ?2
        """

    /// Neighbours mostly share their place, so the table of places is asked once a run.
    private static func count(
        _ rows: Statement, destination: Int64
    ) throws -> [QueuePlace: Int64] {
        defer { rows.reset() }
        var counts: [QueuePlace: Int64] = [:]
        var place = QueuePlace(day: .min, source: 0, destination: destination)
        var run: Int64 = 0
        while try rows.step() {
            let day = day(rows.int64(0))
            let source = rows.int64(1)
            if day != place.day || source != place.source {
                counts[place, default: 0] += run
                place = QueuePlace(day: day, source: source, destination: destination)
                run = 0
            }
            run += 1
        }
        counts[place, default: 0] += run
        return counts.filter { $0.value > 0 }
    }

    private func count(
        _ connection: Connection, _ sql: String, _ first: Int64
    ) throws -> [Place: Int64] {
        let rows = try connection.statement(sql)
        defer { rows.reset() }
        try rows.bind(1, first)
        var counts: [Place: Int64] = [:]
        var place = Place(day: .min, destination: 0)
        var run: Int64 = 0
        while try rows.step() {
            let day = Self.day(rows.int64(0))
            let destination = rows.int64(1)
            if day != place.day || destination != place.destination {
                counts[place, default: 0] += run
                place = Place(day: day, destination: destination)
                run = 0
            }
            run += 1
        }
        counts[place, default: 0] += run
        return counts.filter { $0.value > 0 }
    }

    private static func day(_ sequence: Int64) -> Int64 {
        EventID.time(ofSequence: sequence).dayNumber
    }
}
