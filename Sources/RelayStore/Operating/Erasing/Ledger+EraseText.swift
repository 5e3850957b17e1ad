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

    /// The words of replays, holds and gates that name it. What a replay would still send with such
    /// a patch is discarded, because without the patch it would be something else. Inside a
    /// transaction.
    func eraseWords(_ text: ErasedText, who: String, now: Timestamp) throws -> ErasureReceipt {
        var receipt = ErasureReceipt()
        let rows = try connection.statement("SELECT id, asked, patch FROM replays")
        let found = try rows.rows { row in
            (
                id: row.int64(0), isAsked: text.stands(in: Array(row.text(1).utf8)),
                isPatched: text.stands(in: row.bytes(2))
            )
        }
        for replay in found where replay.isAsked || replay.isPatched {
            receipt.replays += 1
            if replay.isPatched {
                receipt.discarded += try discardReplay(replay.id, who: who, now: now)
            }
            let update = try connection.statement(
                """
                UPDATE replays SET asked = '(erased)',
                                   patch = CASE ?2 WHEN 1 THEN NULL ELSE patch END
                WHERE id = ?1
                """)
            try update.bind(1, replay.id)
            try update.bind(2, replay.isPatched ? 1 : 0)
            try update.run()
        }
        for needle in text.needles {
            for sql in [
                "UPDATE holds SET reason = '(erased)' WHERE instr(reason, ?1) > 0",
                "UPDATE gates SET last_error = '(erased)' WHERE instr(last_error, ?1) > 0",
            ] {
                let update = try connection.statement(sql)
                try update.bind(1, String(decoding: needle, as: UTF8.self))
                try update.run()
                receipt.messages += connection.changes
            }
        }
        return receipt
    }

    private func discardReplay(_ replay: Int64, who: String, now: Timestamp) throws -> Int {
        let rows = try connection.statement(
            "SELECT seq, destination, due_at_ms, attempts FROM deliveries WHERE replay = ?1")
        try rows.bind(1, replay)
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
