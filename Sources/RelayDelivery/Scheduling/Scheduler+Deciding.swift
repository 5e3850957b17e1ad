import RelayCore
import RelayRuntime
import RelayStore

extension Scheduler {
    /// Turns what came back into finishes, and records them all in one go.
    func decide(_ reports: [(transfer: UInt64, report: ParcelReport)]) {
        guard !reports.isEmpty else { return }
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
                if line.startsAnsweringBadly(outcomes) {
                    log.warning(
                        "the destination's answer does not say what became of an event",
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
                line.pack(again: sent.parcel.halves())
            case .notSent(let outcome):
                line.note(outcome, status: nil, at: now)
                for claim in sent.parcel.claims { line.giveBack(claim) }
            }
            if let change { tell(change, line: line, now: now, nowNs: nowNs) }
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
        let decision = line.plan.retry.decide(
            outcome, attempts: countedAttempts(claim, outcome, line), ageMs: ageMs,
            isReplay: claim.replay != nil,
            now: now, using: &draw)
        counters.count(outcome, destination: line.plan.name)
        tellParked(decision, claim, outcome, line)
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
            log.error("the attempts of an event cannot be read", ["reason": "\(error)"])
            return 1
        }
    }

    private func tellParked(
        _ decision: RetryPolicy.Decision, _ claim: Claim, _ outcome: Outcome,
        _ line: DestinationLine
    ) {
        let state: LogValue
        switch decision {
        case .dead: state = "dead"
        case .expired: state = "expired"
        case .done, .retry: return
        }
        log.warning(
            "an event is parked",
            [
                "id": "\(claim.id)", "destination": .text(line.plan.name), "state": state,
                "error": .text(outcome.errorClass?.rawValue ?? ""),
            ])
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
            log.error("a lane cannot be read", ["reason": "\(error)"])
            mustReread = true
        }
    }

    private func tell(
        _ change: DestinationGate.Change, line: DestinationLine, now: Timestamp, nowNs: UInt64
    ) {
        let name = LogValue.text(line.plan.name)
        switch change {
        case .opened(let block):
            log.info(
                "destination answers again", ["destination": name, "was": "\(block.rawValue)"])
        case .blocked(let block, let untilNs):
            let inMs = Int64((untilNs - min(nowNs, untilNs)) / 1_000_000)
            log.warning(
                "destination is left alone",
                [
                    "destination": name, "state": "\(block.rawValue)",
                    "until": "\(now.adding(ms: inMs))", "error": "\(line.lastError ?? "")",
                ])
        case .paused(let untilNs):
            let inMs = Int64((untilNs - min(nowNs, untilNs)) / 1_000_000)
            log.info(
                "destination is busy and left alone for a while",
                ["destination": name, "until": "\(now.adding(ms: inMs))"])
        case .narrowed(let window):
            log.debug("fewer requests at once", ["destination": name, "window": .number(window)])
        }
    }
}
