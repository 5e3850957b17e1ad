import RelayCore
import RelayRuntime
import RelayStore

extension Scheduler {
    /// Turns what came back into finishes, and records them all in one go.
    func decide(_ reports: [(transfer: UInt64, report: ParcelReport)]) {
        guard !reports.isEmpty else { return }
        // First, or what comes back between a jump of the clock and the next tick is too old.
        lookAtClock()
        let now = relayTime.now()
        let nowNs = clock.monotonicNanoseconds
        var draw = RandomDraw(random)
        var finishes: [Finish] = []
        for (transfer, report) in reports {
            guard let sent = underway.removeValue(forKey: transfer),
                var line = lines.removeValue(forKey: sent.destination)
            else { continue }
            defer { lines[sent.destination] = line }
            line.cameBack(sent.parcel)
            let change = pass(report, through: &line, nowNs: nowNs, draw: &draw)
            switch report.verdict {
            case .each(let outcomes):
                precondition(outcomes.count == sent.parcel.claims.count)
                line.counters.countRequest(durationMs: report.durationMs)
                if line.startsAnsweringBadly(outcomes) {
                    warn(
                        "the destination's answer does not say what became of an event", &line,
                        [
                            "destination": .text(line.plan.name),
                            "status": .number(report.status ?? 0),
                        ])
                }
                for (claim, outcome) in zip(sent.parcel.claims, outcomes) {
                    finishes.append(
                        finish(
                            claim, outcome, report: report, line: &line, now: now, draw: &draw))
                }
            case .halve:
                line.counters.countRequest(durationMs: report.durationMs)
                line.pack(again: sent.parcel.halves())
            case .notSent(let outcome):
                line.note(outcome, status: nil, at: now)
                for claim in sent.parcel.claims { line.giveBack(claim) }
            }
            if let change { tell(change, line: &line, now: now, nowNs: nowNs) }
        }
        record(finishes)
    }

    /// What the report means for the gate.
    private func pass(
        _ report: ParcelReport, through line: inout DestinationLine, nowNs: UInt64,
        draw: inout RandomDraw
    ) -> DestinationGate.Change? {
        if case .notSent(nil) = report.verdict {
            line.gate.giveBack()
            return nil
        }
        return line.gate.ended(
            report.signal, askedMs: report.askedMs, nowNs: nowNs, using: &draw)
    }

    private func finish(
        _ claim: Claim, _ outcome: Outcome, report: ParcelReport, line: inout DestinationLine,
        now: Timestamp, draw: inout RandomDraw
    ) -> Finish {
        // Ages are told by the wall clock as it is now: relay time stays ahead after the clock was
        // wrong for a moment, and must not make young events old.
        let ageMs = min(now, clock.now).millisecondsSince(claim.agesFrom)
        let isSettled = ageTrust.isSettled(
            line.plan.retry, nowNs: clock.monotonicNanoseconds)
        let decision = line.plan.retry.decide(
            outcome, attempts: countedAttempts(claim, outcome, line),
            ageMs: isSettled ? ageMs : 0, isReplay: claim.replay != nil, now: now, using: &draw)
        let meaning = DestinationCounters.Outcome(decision)
        line.counters.count(meaning, errorClass: outcome.errorClass, ageMs: ageMs)
        tell(meaning, claim, outcome, report, &line)
        line.note(outcome, status: report.status, at: now)
        var tracer: String?
        if case .delivered(let id) = outcome { tracer = id }
        let attempt = Attempt(
            startedAt: report.startedAt, durationMs: report.durationMs, status: report.status,
            errorClass: outcome.errorClass,
            message: outcome.errorClass.map { _ in outcome.message },
            tracer: tracer)
        return Finish(claim: claim, result: result(decision), attempt: attempt)
    }

    /// Sends that say something of the event, this one included. Those that a refused credential or
    /// address met are told apart only where the limit is near: they must not use it up.
    private func countedAttempts(
        _ claim: Claim, _ outcome: Outcome, _ line: DestinationLine
    ) -> Int {
        let attempts = claim.attempts + 1
        let limit = line.plan.retry.maxAttempts
        guard limit > 0, attempts >= limit, claim.replay == nil else { return attempts }
        switch outcome {
        case .retry, .unknown: break
        default: return attempts
        }
        do {
            return try reader.attemptsAtEvent(claim) + 1
        } catch {
            cannotRead(error, of: line.plan.name)
            return 1
        }
    }

    /// One line for what becomes of an event: aloud when it is parked, else for those who debug.
    private func tell(
        _ meaning: DestinationCounters.Outcome, _ claim: Claim, _ outcome: Outcome,
        _ report: ParcelReport, _ line: inout DestinationLine
    ) {
        let error = LogValue.text(outcome.errorClass?.rawValue ?? "")
        switch meaning {
        case .dead, .expired:
            warn(
                "an event is parked", &line,
                [
                    "id": "\(claim.id)", "destination": .text(line.plan.name),
                    "state": .text(meaning.rawValue), "error": error,
                ])
        case .delivered, .retry:
            // Asked first: at full speed even the making of the line would be felt.
            guard log.writes(.debug) else { return }
            log.debug(
                meaning == .retry ? "an event will be tried again" : "an event is delivered",
                [
                    "id": "\(claim.id)", "destination": .text(line.plan.name),
                    "attempt": .number(claim.attempts + 1),
                    "status": .number(report.status ?? 0), "error": error,
                    "ms": .number(report.durationMs),
                ])
        }
    }

    private func result(_ decision: RetryPolicy.Decision) -> Finish.Result {
        switch decision {
        case .done: .delivered
        case .retry(let due): .retry(at: due)
        case .dead(let errorClass): .dead(errorClass)
        case .expired: .expired
        }
    }

    func record(_ finishes: [Finish]) {
        guard !finishes.isEmpty else { return }
        recording += 1
        writer.submit(finishes) { [weak self] receipt in
            self?.deposit { $0.receipts.append((finishes, receipt)) }
        }
    }

    /// The store has answered: what is recorded leaves the memory, what is not waits for the tick.
    func settle(_ receipts: [(finishes: [Finish], receipt: FinishReceipt)]) {
        for (finishes, receipt) in receipts {
            recording -= 1
            guard case .recorded(let changed) = receipt else {
                unrecorded.append(contentsOf: finishes)
                continue
            }
            for (finish, isChanged) in zip(finishes, changed) {
                if !isChanged { counters.countLate() }
                forget(finish, isChanged: isChanged)
            }
        }
    }

    private func forget(_ finish: Finish, isChanged: Bool) {
        let number = finish.claim.destination
        guard var line = lines.removeValue(forKey: number) else { return }
        defer { lines[number] = line }
        line.forget(finish.claim)
        if case .retry(let due) = finish.result, isChanged {
            line.lookAgain(from: due)
        } else if !isChanged {
            // An operator has moved the row while its request was under way.
            line.lookAgain(from: Timestamp(milliseconds: 0))
        }
        guard let lane = finish.claim.laneKey, line.lanes.end(lane), phase == .running else {
            return
        }
        do {
            try askForLane(lane, &line, now: relayTime.now())
        } catch {
            cannotRead(error, of: line.plan.name)
            mustReread = true
        }
    }
}
