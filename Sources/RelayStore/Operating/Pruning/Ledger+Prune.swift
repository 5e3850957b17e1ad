package import RelayCore
import SQLite

extension Ledger {
    /// One small step of retention; the store's account keeps what the rows said. Inside a
    /// transaction (`GroupWriter.perform` makes one), except that free pages are given back in it,
    /// too.
    ///
    /// - Parameter limit: rows looked at. 200 keep the step within a few milliseconds.
    package func prune(
        _ round: inout PruneRound, now: Timestamp, retention: Retention, limit: Int
    ) throws -> PruneReceipt {
        var receipt = PruneReceipt()
        if round.isAtItsBeginning { round.keptFrom = keptFrom() }
        switch round.stage {
        case .delivered:
            let end = cut(retention.deliveredMs, now)
            try pruneFinals(.delivered, &round, finishedBefore: end, limit, &receipt)
        case .deadLetters:
            let end = cut(retention.deadMs, now)
            try pruneFinals(.deadLetters, &round, finishedBefore: end, limit, &receipt)
        case .discarded:
            let end = cut(retention.discardedMs, now)
            try pruneFinals(.discarded, &round, finishedBefore: end, limit, &receipt)
        case .events:
            let end = cut(retention.deliveredMs, now)
            try pruneEvents(&round, receivedBefore: end, limit, &receipt)
        case .freePages:
            let before = try connection.scalar("PRAGMA freelist_count") ?? 0
            let left = try giveBackFreePages(limit: limit)
            receipt.pages = Int(before) - left
            // What cannot be given back now stays for the next rows.
            if left == 0 || receipt.pages <= 0 {
                round = PruneRound()
                receipt.isRoundOver = true
            }
        }
        return receipt
    }

    /// - Returns: free pages left.
    func giveBackFreePages(limit: Int) throws -> Int {
        try connection.execute("PRAGMA incremental_vacuum(\(max(1, limit)))")
        return Int(try connection.scalar("PRAGMA freelist_count") ?? 0)
    }

    /// What was finished, or received, before `time` goes; rows from `sequence` on are not looked
    /// at, because they were received later.
    private typealias End = (time: Timestamp, sequence: Int64)

    /// Sequences stay ahead for good when the clock was ahead for a moment. Then they say nothing,
    /// and every row is looked at, or nothing would go until the clock has caught up.
    private func cut(_ keptMs: Int64, _ now: Timestamp) -> End {
        let time = now.adding(ms: -keptMs)
        let isAhead = EventID.time(ofSequence: lastSequence) > now.adding(ms: 86_400_000)
        return (time, isAhead ? .max : EventID.firstSequence(at: time))
    }

    private func pruneFinals(
        _ table: FinalTable, _ round: inout PruneRound, finishedBefore end: End,
        _ limit: Int, _ receipt: inout PruneReceipt
    ) throws {
        let rows = try connection.statement(table.oldestSQL)
        try rows.bind(1, round.place.sequence)
        try rows.bind(2, round.place.destination)
        try rows.bind(3, end.sequence)
        try rows.bind(4, limit)
        let found = try rows.rows { row in
            (
                key: DeliveryKey(sequence: row.int64(0), destination: row.int64(1)),
                isDue: row.int64(2) < end.time.milliseconds,
                state: DeliveryState(rawValue: row.text(3)) ?? .dead
            )
        }
        for row in found where row.isDue {
            try prune(row.key, row.state, from: table)
            receipt.deliveries += 1
            if try removeEvent(row.key.sequence, round) { receipt.events += 1 }
        }
        if let last = found.last?.key { round.place = last }
        if found.count < limit { round.advance() }
    }

    private func prune(
        _ key: DeliveryKey, _ state: DeliveryState, from table: FinalTable
    ) throws {
        let count = try connection.statement(state.prunedSQL)
        try count.bind(1, EventID.time(ofSequence: key.sequence).dayNumber)
        try count.bind(2, key.sequence)
        try count.bind(3, key.destination)
        try count.run()
        for sql in [
            table.deleteSQL, "DELETE FROM attempts WHERE seq = ?1 AND destination = ?2",
        ] {
            let delete = try connection.statement(sql)
            try delete.bind(1, key.sequence)
            try delete.bind(2, key.destination)
            try delete.run()
        }
    }

    /// Repeats, which have no deliveries, and whatever else nothing refers to.
    private func pruneEvents(
        _ round: inout PruneRound, receivedBefore end: End, _ limit: Int,
        _ receipt: inout PruneReceipt
    ) throws {
        let rows = try connection.statement(
            """
            SELECT seq, received_at_ms FROM events
            WHERE seq > ?1 AND seq < ?2 ORDER BY seq LIMIT ?3
            """)
        try rows.bind(1, round.place.sequence)
        try rows.bind(2, end.sequence)
        try rows.bind(3, limit)
        let found = try rows.rows { row in
            (sequence: row.int64(0), isDue: row.int64(1) < end.time.milliseconds)
        }
        for row in found where row.isDue {
            if try removeEvent(row.sequence, round) { receipt.events += 1 }
        }
        if let last = found.last?.sequence {
            round.place = DeliveryKey(sequence: last, destination: 0)
        }
        if found.count < limit { round.advance() }
    }

    /// Removes an event that nothing refers to any more. Sequences only grow from the newest event
    /// on, so that one always stays.
    private func removeEvent(_ sequence: Int64, _ round: PruneRound) throws -> Bool {
        guard sequence < min(lastSequence, round.keptFrom), try !isReferredTo(sequence) else {
            return false
        }
        let delete = try connection.statement(
            "DELETE FROM events WHERE seq = ?1 AND seq < (SELECT max(seq) FROM events)")
        try delete.bind(1, sequence)
        try delete.run()
        return connection.changes > 0
    }

    private func isReferredTo(_ sequence: Int64) throws -> Bool {
        let finals = try connection.statement(
            """
            SELECT EXISTS (SELECT 1 FROM delivered WHERE seq = ?1)
                OR EXISTS (SELECT 1 FROM dead_letters WHERE seq = ?1)
                OR EXISTS (SELECT 1 FROM discarded WHERE seq = ?1)
                OR EXISTS (SELECT 1 FROM names AS n JOIN deliveries AS d
                           ON d.destination = n.id AND d.due_at_ms = 0 AND d.seq = ?1
                           WHERE n.kind = 'destination')
                OR EXISTS (SELECT 1 FROM names AS n
                           JOIN deliveries AS d INDEXED BY deliveries_tried
                           ON d.destination = n.id AND d.seq = ?1 AND d.due_at_ms > 0
                           WHERE n.kind = 'destination')
            """)
        try finals.bind(1, sequence)
        return try finals.first { $0.int64(0) == 1 } ?? true
    }
}

/// The tables of final rows.
private enum FinalTable {
    case delivered, deadLetters, discarded

    var oldestSQL: String {
        switch self {
        case .delivered:
            """
            SELECT seq, destination, finished_at_ms, 'delivered' FROM delivered
            WHERE (seq, destination) > (?1, ?2) AND seq < ?3 ORDER BY seq, destination LIMIT ?4
            """
        case .deadLetters:
            """
            SELECT seq, destination, finished_at_ms, state FROM dead_letters
            WHERE (seq, destination) > (?1, ?2) AND seq < ?3 ORDER BY seq, destination LIMIT ?4
            """
        case .discarded:
            """
            SELECT seq, destination, finished_at_ms, 'discarded' FROM discarded
            WHERE (seq, destination) > (?1, ?2) AND seq < ?3 ORDER BY seq, destination LIMIT ?4
            """
        }
    }

    var deleteSQL: String {
        switch self {
        case .delivered: "DELETE FROM delivered WHERE seq = ?1 AND destination = ?2"
        case .deadLetters: "DELETE FROM dead_letters WHERE seq = ?1 AND destination = ?2"
        case .discarded: "DELETE FROM discarded WHERE seq = ?1 AND destination = ?2"
        }
    }
}

extension DeliveryState {
    /// The account's row of a final delivery that is about to go; its source stands in the event.
    fileprivate var prunedSQL: String {
        """
        UPDATE audit_days SET pruned_\(rawValue) = pruned_\(rawValue) + 1
        WHERE day = ?1 AND source = (SELECT source FROM events WHERE seq = ?2)
              AND destination = ?3
        """
    }
}
