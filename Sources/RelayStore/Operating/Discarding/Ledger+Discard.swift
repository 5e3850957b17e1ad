import RelayCore
import SQLite

extension Ledger {
    /// Gives up on deliveries on purpose. A row that is no longer what was chosen is left alone: a
    /// delivery that ended meanwhile keeps its end. Inside a transaction.
    func discard(
        _ chosen: ArraySlice<ChosenDelivery>, reason: String, now: Timestamp
    ) throws -> DiscardStep {
        var step = DiscardStep()
        for delivery in chosen {
            let isGone =
                switch delivery.state {
                case .queued, .inflight, .held:
                    try discardQueued(delivery, reason: reason, now: now)
                case .dead, .expired: try discardDead(delivery, reason: reason, now: now)
                case .delivered, .discarded: false
                }
            if isGone { step.discarded += 1 } else { step.changedMeanwhile += 1 }
        }
        return step
    }

    func discardQueued(
        _ delivery: ChosenDelivery, reason: String, now: Timestamp
    ) throws -> Bool {
        let take = try connection.statement(
            """
            DELETE FROM deliveries
            WHERE destination = ?1 AND due_at_ms = ?2 AND seq = ?3 AND attempts = ?4
            RETURNING source, attempts, last_status, error_class, replay
            """)
        try take.bind(1, delivery.key.destination)
        try take.bind(2, delivery.markMs)
        try take.bind(3, delivery.key.sequence)
        try take.bind(4, delivery.attempts)
        guard let row = try take.rows(Self.takenRow).first else { return false }
        try insertDiscarded(delivery.key, row, reason: reason, now: now)
        return true
    }

    private func discardDead(
        _ delivery: ChosenDelivery, reason: String, now: Timestamp
    ) throws -> Bool {
        let take = try connection.statement(
            """
            DELETE FROM dead_letters
            WHERE seq = ?1 AND destination = ?2 AND finished_at_ms = ?3 AND attempts = ?4
            RETURNING (SELECT source FROM events WHERE events.seq = dead_letters.seq), attempts,
                      status, error_class, replay
            """)
        try take.bind(1, delivery.key.sequence)
        try take.bind(2, delivery.key.destination)
        try take.bind(3, delivery.markMs)
        try take.bind(4, delivery.attempts)
        guard let row = try take.rows(Self.takenRow).first else { return false }
        audit.add(
            delivery.state.auditTerm, -1, sequence: delivery.key.sequence, source: row.source,
            destination: delivery.key.destination)
        try insertDiscarded(delivery.key, row, reason: reason, now: now)
        return true
    }

    struct TakenRow {
        let source: Int64
        let attempts: Int64
        let status: Int64?
        let errorClass: String?
        let replay: Int64?
    }

    static func takenRow(_ row: Statement) -> TakenRow {
        TakenRow(
            source: row.int64(0), attempts: row.int64(1), status: row.optionalInt64(2),
            errorClass: row.optionalText(3), replay: row.optionalInt64(4))
    }

    func insertDiscarded(
        _ key: DeliveryKey, _ row: TakenRow, reason: String, now: Timestamp
    ) throws {
        let insert = try connection.statement(
            """
            INSERT INTO discarded
                (seq, destination, finished_at_ms, attempts, status, error_class, message, replay)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
        try insert.bind(1, key.sequence)
        try insert.bind(2, key.destination)
        try insert.bind(3, now.milliseconds)
        try insert.bind(4, row.attempts)
        try insert.bind(5, row.status)
        try insert.bind(6, row.errorClass)
        try insert.bind(7, reason)
        try insert.bind(8, row.replay)
        try insert.run()
        audit.add(
            .discarded, sequence: key.sequence, source: row.source, destination: key.destination)
    }
}
