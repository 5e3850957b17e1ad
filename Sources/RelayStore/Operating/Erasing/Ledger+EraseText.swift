import RelayCore
import SQLite

/// Traces outside the matching events: excerpts that quote the value, and operators' own words.
extension Ledger {
    /// Inside a transaction.
    func eraseMessages(_ traces: ArraySlice<TextTrace>) throws -> Int {
        var count = 0
        for trace in traces {
            let update =
                switch trace.table {
                case .attempts:
                    try connection.statement(
                        """
                        UPDATE attempts SET message = '(erased)'
                        WHERE seq = ?1 AND destination = ?2 AND attempt = ?3
                        """)
                case .deadLetters:
                    try connection.statement(
                        """
                        UPDATE dead_letters SET message = '(erased)'
                        WHERE seq = ?1 AND destination = ?2 AND ?3 = 0
                        """)
                case .discarded:
                    try connection.statement(
                        """
                        UPDATE discarded SET message = '(erased)'
                        WHERE seq = ?1 AND destination = ?2 AND ?3 = 0
                        """)
                }
            try update.bind(1, trace.key.sequence)
            try update.bind(2, trace.key.destination)
            try update.bind(3, trace.attempt)
            try update.run()
            count += connection.changes
        }
        return count
    }

    /// Takes the text out of the words and the patch of a replay. What it would still send with
    /// such a patch is discarded, because without the patch it would be something else. Inside a
    /// transaction.
    /// - Returns: how many were discarded. When it is `StepLimits.rows`, the replay still has its
    ///   words: there may be more.
    func erase(_ trace: ReplayTrace, who: String, now: Timestamp) throws -> Int {
        if trace.isPatched {
            let discarded = try discardReplay(trace.id, who: who, now: now)
            if discarded == StepLimits.rows { return discarded }
            try eraseWords(of: trace)
            return discarded
        }
        try eraseWords(of: trace)
        return 0
    }

    private func eraseWords(of trace: ReplayTrace) throws {
        let update = try connection.statement(
            """
            UPDATE replays SET asked = '(erased)',
                               patch = CASE ?2 WHEN 1 THEN NULL ELSE patch END
            WHERE id = ?1
            """)
        try update.bind(1, trace.id)
        try update.bind(2, trace.isPatched ? 1 : 0)
        try update.run()
    }

    /// The reasons of holds and the last errors of destinations. Inside a transaction.
    func eraseRemarks(_ text: ErasedText) throws -> Int {
        var count = 0
        for (column, table, key) in [
            ("reason", "holds", "destination"), ("last_error", "gates", "destination"),
        ] {
            let rows = try connection.statement(
                "SELECT \(key), \(column) FROM \(table) WHERE \(column) IS NOT NULL")
            let found = try rows.rows { ($0.int64(0), Array($0.text(1).utf8)) }
            for (number, words) in found where text.stands(in: words) {
                let update = try connection.statement(
                    "UPDATE \(table) SET \(column) = '(erased)' WHERE \(key) = ?1")
                try update.bind(1, number)
                try update.run()
                count += 1
            }
        }
        return count
    }

    private func discardReplay(_ replay: Int64, who: String, now: Timestamp) throws -> Int {
        let rows = try connection.statement(
            """
            SELECT seq, destination, due_at_ms, attempts FROM deliveries WHERE replay = ?1
            LIMIT ?2
            """)
        try rows.bind(1, replay)
        try rows.bind(2, StepLimits.rows)
        let waiting = try rows.rows { row in
            ChosenDelivery(
                key: DeliveryKey(sequence: row.int64(0), destination: row.int64(1)),
                state: .queued, attempts: row.int(3), markMs: row.int64(2))
        }
        for delivery in waiting {
            _ = try discardQueued(
                delivery, reason: "the patch of replay \(replay) was erased by \(who)", now: now)
        }
        return waiting.count
    }
}
