import RelayCore
import SQLite

extension Ledger {
    /// Writes down that a replay begins, before anything of it moves.
    func beginReplay(_ order: ReplayOrder, chosen: Int, now: Timestamp) throws -> Int64 {
        let insert = try connection.statement(
            """
            INSERT INTO replays (started_at_ms, operator, asked, patch, chosen)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """)
        try insert.bind(1, now.milliseconds)
        try insert.bind(2, order.who)
        try insert.bind(3, order.asked)
        try insert.bind(4, order.patchText)
        try insert.bind(5, chosen)
        try insert.run()
        return connection.lastInsertRowID
    }

    /// An interrupted replay goes on with what is left of its choice and what came to it since.
    func resumeReplay(_ id: Int64, chosen: Int) throws {
        let update = try connection.statement(
            "UPDATE replays SET chosen = max(chosen, moved + ?2), ended_at_ms = NULL WHERE id = ?1")
        try update.bind(1, id)
        try update.bind(2, chosen)
        try update.run()
    }

    func endReplay(_ id: Int64, now: Timestamp) throws {
        let update = try connection.statement(
            "UPDATE replays SET ended_at_ms = ?2 WHERE id = ?1")
        try update.bind(1, id)
        try update.bind(2, now.milliseconds)
        try update.run()
    }

    /// Puts final deliveries back into the queue, each guarded by what it was when it was chosen.
    /// Their attempts go on counting and keep their history. Inside a transaction.
    func replay(
        _ chosen: ArraySlice<ChosenDelivery>, id: Int64, patch: JSONPatch?, now: Timestamp
    ) throws -> ReplayStep {
        var step = ReplayStep()
        for delivery in chosen {
            guard let event = try replayableEvent(delivery.key.sequence, withBody: patch != nil)
            else {
                step.unsendable += 1
                continue
            }
            if let patch {
                do throws(JSONPatch.Failure) {
                    _ = try patch.applied(to: event.body)
                } catch {
                    step.misfits.append(
                        .init(id: eventID(delivery.key.sequence), reason: "\(error)"))
                    continue
                }
            }
            guard let last = try takeFinal(delivery) else {
                step.changedMeanwhile += 1
                continue
            }
            try queueAgain(delivery, last, event, replay: id, now: now)
            audit.add(
                delivery.state.auditTerm, -1, sequence: delivery.key.sequence,
                source: event.source, destination: delivery.key.destination)
            step.moved += 1
        }
        let count = try connection.statement(
            "UPDATE replays SET moved = moved + ?2 WHERE id = ?1")
        try count.bind(1, id)
        try count.bind(2, step.moved)
        try count.run()
        return step
    }

    private struct ReplayableEvent {
        let source: Int64
        let lane: String?
        let body: [UInt8]
    }

    private struct LastOutcome {
        let attempts: Int
        let status: Int64?
        let errorClass: String?
    }

    /// Nil when there is nothing to send: erased, no JSON, or gone.
    private func replayableEvent(_ sequence: Int64, withBody: Bool) throws -> ReplayableEvent? {
        let row = try connection.statement(
            withBody
                ? """
                SELECT source, lane, body FROM events
                WHERE seq = ?1 AND parsable = 1 AND erased_at_ms IS NULL
                """
                : """
                SELECT source, lane, NULL FROM events
                WHERE seq = ?1 AND parsable = 1 AND erased_at_ms IS NULL
                """)
        try row.bind(1, sequence)
        return try row.first { row in
            ReplayableEvent(
                source: row.int64(0), lane: row.optionalText(1),
                body: withBody ? row.bytes(2) : [])
        }
    }

    /// Takes the final row out, if it is still the one that was chosen.
    private func takeFinal(_ delivery: ChosenDelivery) throws -> LastOutcome? {
        switch delivery.state {
        case .delivered: try takeDelivered(delivery)
        case .dead, .expired:
            try take(
                delivery,
                """
                DELETE FROM dead_letters
                WHERE seq = ?1 AND destination = ?2 AND finished_at_ms = ?3 AND attempts = ?4
                RETURNING attempts, status, error_class
                """)
        case .discarded:
            try take(
                delivery,
                """
                DELETE FROM discarded
                WHERE seq = ?1 AND destination = ?2 AND finished_at_ms = ?3 AND attempts = ?4
                RETURNING attempts, status, error_class
                """)
        case .queued, .inflight, .held: nil
        }
    }

    /// The attempt that delivered it stood in the final row alone.
    private func takeDelivered(_ delivery: ChosenDelivery) throws -> LastOutcome? {
        let keep = try connection.statement(
            """
            INSERT OR IGNORE INTO attempts
                (seq, destination, attempt, started_at_ms, duration_ms, status, tracer)
            SELECT seq, destination, attempts, started_at_ms, duration_ms, status, tracer
            FROM delivered
            WHERE seq = ?1 AND destination = ?2 AND finished_at_ms = ?3 AND attempts = ?4
            """)
        try bind(delivery, to: keep)
        try keep.run()
        return try take(
            delivery,
            """
            DELETE FROM delivered
            WHERE seq = ?1 AND destination = ?2 AND finished_at_ms = ?3 AND attempts = ?4
            RETURNING attempts, status, NULL
            """)
    }

    private func take(_ delivery: ChosenDelivery, _ sql: String) throws -> LastOutcome? {
        let row = try connection.statement(sql)
        try bind(delivery, to: row)
        return try row.rows { row in
            LastOutcome(
                attempts: row.int(0), status: row.optionalInt64(1),
                errorClass: row.optionalText(2))
        }.first
    }

    private func bind(_ delivery: ChosenDelivery, to statement: Statement) throws {
        try statement.bind(1, delivery.key.sequence)
        try statement.bind(2, delivery.key.destination)
        try statement.bind(3, delivery.markMs)
        try statement.bind(4, delivery.attempts)
    }

    private func queueAgain(
        _ delivery: ChosenDelivery, _ last: LastOutcome, _ event: ReplayableEvent, replay: Int64,
        now: Timestamp
    ) throws {
        let insert = try connection.statement(
            """
            INSERT INTO deliveries
                (destination, due_at_ms, seq, attempts, source, lane, replay, last_status,
                 error_class)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        try insert.bind(1, delivery.key.destination)
        try insert.bind(2, max(now.milliseconds, 1))
        try insert.bind(3, delivery.key.sequence)
        try insert.bind(4, last.attempts)
        try insert.bind(5, event.source)
        try insert.bind(6, event.lane.map(LaneKey.of))
        try insert.bind(7, replay)
        try insert.bind(8, last.status)
        try insert.bind(9, last.errorClass)
        try insert.run()
    }
}

extension DeliveryState {
    /// The account's term for a final state.
    var auditTerm: AuditDelta.Term {
        switch self {
        case .delivered: .delivered
        case .dead: .dead
        case .expired: .expired
        case .discarded: .discarded
        case .queued, .inflight, .held:
            preconditionFailure("what waits is no term of its own in the account")
        }
    }
}
