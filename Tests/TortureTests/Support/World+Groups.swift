import Dispatch
import FoundationEssentials
import RelayCore
import RelayStore
import RelayTesting
import SQLite

extension World {
    static func remove(_ path: String) {
        for suffix in ["", "-wal", "-shm", ".partial"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }

    /// Events and finishes in one transaction of the writer.
    func group(_ offers: [Step.Offer], _ endings: [Step.Ending]) throws {
        guard let writer else { return }
        let events = offers.map(event)
        let finishes = try finishes(endings)
        let now = clock.now
        var after = model
        var last = lastSequence
        let expected = events.map { event -> Acceptance in
            last = max(last + 1, EventID.firstSequence(at: event.receivedAt))
            guard let first = after.accept(event, sequence: last) else {
                return .stored(id(last))
            }
            return .duplicate(of: id(first))
        }
        let changes = finishes.map { after.finish($0, now: now) }

        let gate = DispatchSemaphore(value: 0)
        writer.queue.async { gate.wait() }
        let waiters = events.map { event in
            let waiter = SyncWatch(disk: disk, file: file)
            writer.submit(event, waiter: waiter)
            return waiter
        }
        let receipts = Mailbox<FinishReceipt>()
        if !finishes.isEmpty { writer.submit(finishes) { receipts.put($0) } }
        gate.signal()
        let verdicts = waiters.map { $0.verdict.take() }
        var changed: [Bool]? = []
        if !finishes.isEmpty { changed = World.changed(receipts.take()) }
        oldFinishes = (oldFinishes + finishes).suffix(50)

        let isRefused = verdicts.contains { if case .refused = $0 { true } else { false } }
        if isRefused || changed == nil {
            // A full disk refuses the events of a group and still takes its finishes.
            var finishesOnly = model
            for finish in finishes { _ = finishesOnly.finish(finish, now: now) }
            // An early answer is an answer: only what was promised may be found.
            try recover(
                from: "\(verdicts)",
                candidates: plant == .answersEarly ? [after] : [model, after, finishesOnly])
            return
        }
        if watchesSyncs, waiters.contains(where: \.wasEarly) {
            throw Finding("acknowledged before it was synced")
        }
        guard World.sequences(verdicts) == World.sequences(expected), changed == changes else {
            throw Finding("expected \(expected) \(changes), got \(verdicts) \(changed ?? [])")
        }
        model = after
        lastSequence = last
    }

    private func id(_ sequence: Int64) -> EventID { EventID(sequence: sequence, lineage: 0) }

    /// Lineages are random and not the model's concern.
    private static func sequences(_ verdicts: [Acceptance]) -> [[Int64]] {
        verdicts.map { verdict in
            switch verdict {
            case .stored(let id): [0, id.sequence]
            case .duplicate(let id): [1, id.sequence]
            case .refused: [2, 0]
            }
        }
    }

    static func changed(_ receipt: FinishReceipt) -> [Bool]? {
        guard case .recorded(let changed) = receipt else { return nil }
        return changed
    }

    private func event(_ offer: Step.Offer) -> NewEvent {
        var body = Fixtures.body(offer.body)
        body += [UInt8](repeating: UInt8(offer.body), count: offer.bytes)
        return Fixtures.event(
            route: routes[offer.route % routes.count], at: clock.now, body: body,
            deliveryID: offer.deliveryID.map { "msg_\($0)" },
            lane: offer.lane.map { "lane \($0)" }, isParsable: offer.isParsable)
    }

    /// What is due, read as a scheduler does and compared with the model.
    private func finishes(_ endings: [Step.Ending]) throws -> [Finish] {
        guard !endings.isEmpty else { return [] }
        let reader = try ClaimReader(file: file)
        defer { reader.close() }
        var claims: [Claim] = []
        for destination in destinations {
            let due =
                try reader.claimDue(
                    .untried(destination: destination, after: 0, count: 1000, bytes: .max))
                + reader.claimDue(
                    .tried(
                        destination: destination, after: (1, -1), now: clock.now, count: 1000,
                        bytes: .max))
            guard due.map(\.id.sequence) == model.due(destination, now: clock.now).map(\.sequence)
            else { throw Finding("what is due for \(destination) differs") }
            for claim in due where claim.body != model.events[claim.id.sequence]?.body {
                throw Finding("the body of \(claim.id.sequence) was altered")
            }
            claims += due
        }
        guard !claims.isEmpty else { return [] }
        return endings.map { finish(claims[$0.pick % claims.count], $0.end) }
    }

    private func finish(_ claim: Claim, _ end: Step.End) -> Finish {
        let failed = Fixtures.attempt(
            status: 503, errorClass: .serverError,
            message: "busy with " + String(decoding: claim.body.prefix(200), as: UTF8.self),
            at: clock.now)
        switch end {
        case .delivered:
            return Finish(
                claim: claim, result: .delivered, attempt: Fixtures.attempt(at: clock.now))
        case .retry(let afterMs):
            return Finish(
                claim: claim, result: .retry(at: clock.now.adding(ms: afterMs)), attempt: failed)
        case .dead: return Finish(claim: claim, result: .dead(.rejected), attempt: failed)
        case .expired(let afterSending):
            return Finish(claim: claim, result: .expired, attempt: afterSending ? failed : nil)
        }
    }

    /// Repeats an old finish: only what is still as it was claimed then may change.
    func finishLate(_ pick: Int) throws {
        guard let writer, !oldFinishes.isEmpty else { return }
        let finish = oldFinishes[pick % oldFinishes.count]
        var after = model
        let expected = after.finish(finish, now: clock.now)
        let receipts = Mailbox<FinishReceipt>()
        if plant == .noFinishGuard {
            let now = clock.now
            writer.perform {
                try World.finishUnguarded(finish, $0.connection, now)
            } completion: {
                receipts.put($0 == nil ? .recorded(changed: [expected]) : .notRecorded)
            }
        } else {
            writer.submit([finish]) { receipts.put($0) }
        }
        let changed = World.changed(receipts.take())
        guard let changed else {
            try settle(Finding("not recorded"), after: [after])
            return
        }
        guard changed == [expected] else { throw Finding("a late finish said \(changed)") }
        model = after
        if plant == .noFinishGuard { try verify(candidates: [model]) }
    }

    /// What the store's step would be without its guard: whatever the row says, it is delivered.
    private static func finishUnguarded(
        _ finish: Finish, _ connection: Connection, _ now: Timestamp
    ) throws {
        let claim = finish.claim
        try connection.execute(
            """
            DELETE FROM deliveries
            WHERE destination = \(claim.destination) AND seq = \(claim.id.sequence);
            INSERT OR REPLACE INTO delivered
                (seq, destination, finished_at_ms, attempts, started_at_ms, duration_ms)
            VALUES (\(claim.id.sequence), \(claim.destination), \(now.milliseconds),
                    \(claim.attempts + 1), 0, 0);
            UPDATE audit_days SET delivered = delivered + 1
            WHERE destination = \(claim.destination) AND source = \(claim.source);
            """)
    }
}
