import RelayCore
import RelayStore
import RelayTesting
import SQLite

/// A bug put in on purpose: what the store would hold at the next start if the relay had it.
enum KillPlant: Sendable, CaseIterable {
    /// It never records a delivery, so that a kill finds everything still in the queue.
    case recordsNothing
    /// It starts from the front of its queue, records or not.
    case sendsAgain
    /// It changes bodies.
    case altersBodies
    /// It starts without its lanes, so that what was refused is overtaken.
    case forgetsLanes

    /// The judge looks at the store after the relay that has the bug, or before the start that
    /// has it.
    var isSeenInStore: Bool { self == .recordsNothing }

    var symptom: String {
        switch self {
        case .recordsNothing: "more than the 8 that can have been under way"
        case .sendsAgain: "was recorded when life 1 ended and came again in life 2"
        case .altersBodies: "arrived altered"
        case .forgetsLanes: "of its lane, which was acknowledged before it was sent"
        }
    }

    /// Lanes only show where the kill leaves a queue, and answers differ.
    var delayUs: Int { self == .forgetsLanes ? 20_000 : 0 }
    var trouble: Int { self == .forgetsLanes ? 200 : 0 }

    func apply(_ dataDirectory: String) throws {
        let connection = try StoreFile(directory: dataDirectory).openForChange()
        defer { connection.close() }
        try connection.execute(sql)
        guard self != .forgetsLanes else { return }
        let lanes = try connection.prepare("SELECT DISTINCT lane FROM events WHERE lane > ''")
            .rows { $0.text(0) }
        for lane in lanes {
            try connection.execute(
                """
                UPDATE deliveries SET lane = \(LaneKey.of(lane))
                WHERE seq IN (SELECT seq FROM events WHERE lane = '\(lane)')
                """)
        }
    }

    private var sql: String {
        guard self != .forgetsLanes else {
            return "UPDATE events SET lane = NULL; UPDATE deliveries SET lane = NULL;"
        }
        let again = """
            INSERT INTO deliveries (destination, due_at_ms, seq, attempts, source)
            SELECT delivered.destination, 0, delivered.seq, 0, events.source
            FROM delivered JOIN events USING (seq);
            DELETE FROM delivered;
            UPDATE audit_days SET delivered = 0;
            """
        guard self == .altersBodies else { return again }
        return """
            UPDATE events SET body = CAST(replace(CAST(body AS TEXT), '1.50', '1.5') AS BLOB);
            """ + again
    }
}
