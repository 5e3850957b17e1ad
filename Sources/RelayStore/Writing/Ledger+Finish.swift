import RelayCore
import SQLite

extension Ledger {
    /// Records how a claimed delivery ended or goes on. Inside a transaction.
    ///
    /// - Returns: `false` when the row is no longer as it was claimed (discarded, replayed or
    ///   finished meanwhile): then nothing is changed and the caller counts it.
    func finish(_ finish: Finish, now: Timestamp) throws -> Bool {
        let claim = finish.claim
        let take = hot.takeDelivery
        try take.bind(1, claim.destination)
        try take.bind(2, claim.dueAtMs)
        try take.bind(3, claim.id.sequence)
        try take.bind(4, claim.attempts)
        try take.run()
        guard connection.changes == 1 else { return false }

        switch finish.result {
        case .delivered:
            try insertDelivered(finish, now: now)
            count(.delivered, claim)
        case .retry(let due):
            try insertAttempt(finish)
            try requeue(finish, due: due)
        case .dead(let errorClass):
            try insertAttempt(finish)
            try park(finish, state: .dead, errorClass: errorClass, now: now)
            count(.dead, claim)
        case .expired:
            try insertAttempt(finish)
            try park(finish, state: .expired, errorClass: .expired, now: now)
            count(.expired, claim)
        }
        return true
    }

    private func count(_ term: AuditDelta.Term, _ claim: Claim) {
        audit.add(
            term, sequence: claim.id.sequence, source: claim.source,
            destination: claim.destination)
    }

    private func insertDelivered(_ finish: Finish, now: Timestamp) throws {
        guard let attempt = finish.attempt else {
            preconditionFailure("nothing is delivered without having been sent")
        }
        let statement = hot.insertDelivered
        try statement.bind(1, finish.claim.id.sequence)
        try statement.bind(2, finish.claim.destination)
        try statement.bind(3, now.milliseconds)
        try statement.bind(4, finish.sends)
        try statement.bind(5, attempt.startedAt.milliseconds)
        try statement.bind(6, attempt.durationMs)
        try statement.bind(7, attempt.status.map(Int64.init))
        try statement.bind(8, attempt.tracer)
        try statement.bind(9, finish.claim.replay)
        try statement.run()
    }

    private func insertAttempt(_ finish: Finish) throws {
        guard let attempt = finish.attempt else { return }
        let statement = try connection.statement(
            """
            INSERT INTO attempts
                (seq, destination, attempt, started_at_ms, duration_ms, status, error_class,
                 message, tracer)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        try statement.bind(1, finish.claim.id.sequence)
        try statement.bind(2, finish.claim.destination)
        try statement.bind(3, finish.sends)
        try statement.bind(4, attempt.startedAt.milliseconds)
        try statement.bind(5, attempt.durationMs)
        try statement.bind(6, attempt.status.map(Int64.init))
        try statement.bind(7, attempt.errorClass?.rawValue)
        try statement.bind(8, attempt.message)
        try statement.bind(9, attempt.tracer)
        try statement.run()
    }

    private func requeue(_ finish: Finish, due: Timestamp) throws {
        let claim = finish.claim
        let statement = try connection.statement(
            """
            INSERT INTO deliveries
                (destination, due_at_ms, seq, attempts, source, lane, replay, last_status,
                 error_class)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """)
        try statement.bind(1, claim.destination)
        try statement.bind(2, max(due.milliseconds, 1))
        try statement.bind(3, claim.id.sequence)
        try statement.bind(4, finish.sends)
        try statement.bind(5, claim.source)
        try statement.bind(6, claim.laneKey)
        try statement.bind(7, claim.replay)
        try statement.bind(8, finish.attempt?.status.map(Int64.init))
        try statement.bind(9, finish.attempt?.errorClass?.rawValue)
        try statement.run()
    }

    private func park(
        _ finish: Finish, state: DeliveryState, errorClass: ErrorClass, now: Timestamp
    ) throws {
        let statement = try connection.statement(
            """
            INSERT INTO dead_letters
                (seq, destination, state, finished_at_ms, attempts, status, error_class, message,
                 replay, lane)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
            """)
        try statement.bind(1, finish.claim.id.sequence)
        try statement.bind(2, finish.claim.destination)
        try statement.bind(3, state.rawValue)
        try statement.bind(4, now.milliseconds)
        try statement.bind(5, finish.sends)
        try statement.bind(6, finish.attempt?.status.map(Int64.init))
        try statement.bind(7, errorClass.rawValue)
        try statement.bind(8, finish.attempt?.message ?? "older than the destination's maxAge")
        try statement.bind(9, finish.claim.replay)
        try statement.bind(10, finish.claim.laneKey)
        try statement.run()
    }
}
