import RelayCore
import SQLite

extension Ledger {
    /// Takes the data of events out of every table and keeps their rows for the account. What
    /// still waited of them is discarded: a relay that holds it in memory cannot record anything
    /// of it any more. Inside a transaction.
    func erase(
        _ sequences: ArraySlice<Int64>, destinations: [Int64], who: String, now: Timestamp
    ) throws -> ErasureReceipt {
        var receipt = ErasureReceipt()
        for sequence in sequences {
            for destination in destinations {
                let key = DeliveryKey(sequence: sequence, destination: destination)
                receipt.discarded += try discardErased(key, who: who, now: now)
            }
            receipt.messages += try eraseMessages(of: sequence)
            guard let bytes = try eraseEvent(sequence, now: now) else { continue }
            receipt.events += 1
            receipt.bodyBytes += bytes
        }
        return receipt
    }

    private func discardErased(
        _ key: DeliveryKey, who: String, now: Timestamp
    ) throws -> Int {
        let untried = try connection.statement(
            """
            DELETE FROM deliveries WHERE destination = ?1 AND due_at_ms = 0 AND seq = ?2
            RETURNING source, attempts, last_status, error_class, replay
            """)
        let tried = try connection.statement(
            """
            DELETE FROM deliveries WHERE destination = ?1 AND due_at_ms > 0 AND seq = ?2
            RETURNING source, attempts, last_status, error_class, replay
            """)
        var count = 0
        for take in [untried, tried] {
            try take.bind(1, key.destination)
            try take.bind(2, key.sequence)
            for row in try take.rows(Self.takenRow) {
                try insertDiscarded(key, row, reason: "erased by \(who)", now: now)
                count += 1
            }
        }
        return count
    }

    /// - Returns: bytes of the body, or nil when the event is gone or erased already.
    private func eraseEvent(_ sequence: Int64, now: Timestamp) throws -> Int? {
        let size = try connection.statement("SELECT length(body) FROM events WHERE seq = ?1")
        try size.bind(1, sequence)
        let bytes = try size.first { $0.int(0) }
        let update = try connection.statement(
            """
            UPDATE events SET body = x'', headers = x'', query = NULL, remote = '', lane = NULL,
                              delivery_id = NULL, sha256 = zeroblob(32), erased_at_ms = ?2
            WHERE seq = ?1 AND erased_at_ms IS NULL
            """)
        try update.bind(1, sequence)
        try update.bind(2, now.milliseconds)
        try update.run()
        return connection.changes == 1 ? bytes : nil
    }

    /// The words of destinations and operators about these events.
    private func eraseMessages(of sequence: Int64) throws -> Int {
        let attempts = try connection.statement(
            "UPDATE attempts SET message = NULL WHERE seq = ?1 AND message IS NOT NULL")
        let dead = try connection.statement(
            """
            UPDATE dead_letters SET message = '(erased)', lane = NULL
            WHERE seq = ?1 AND (message <> '(erased)' OR lane IS NOT NULL)
            """)
        let discarded = try connection.statement(
            """
            UPDATE discarded SET message = '(erased)'
            WHERE seq = ?1 AND message <> '(erased)' AND message NOT LIKE 'erased by %'
            """)
        var count = 0
        for update in [attempts, dead, discarded] {
            try update.bind(1, sequence)
            try update.run()
            count += connection.changes
        }
        return count
    }
}
