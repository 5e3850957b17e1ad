import RelayCore
import RelayRuntime
import RelayStore

extension Scheduler {
    /// Turns what came back into finishes, and records them all in one go.
    func decide(
        _ reports: [(parcel: Parcel, destination: Int64, report: ParcelReport)]
    ) {
        guard !reports.isEmpty else { return }
        let now = relayTime.now()
        let nowNs = clock.monotonicNanoseconds
        var draw = RandomDraw(random)
        var finishes: [Finish] = []
        for (parcel, destination, report) in reports {
            guard var line = lines.removeValue(forKey: destination) else { continue }
            defer { lines[destination] = line }
            if case .notSent(nil) = report.verdict {
                line.gate.giveBack()
                for claim in parcel.claims { line.forget(claim) }
                continue
            }
            let change = line.gate.ended(report.signal, nowNs: nowNs, using: &draw)
            defer { if let change { tell(change, line: line, now: now, nowNs: nowNs) } }
            switch report.verdict {
            case .each(let outcomes):
                precondition(outcomes.count == parcel.claims.count)
                for (claim, outcome) in zip(parcel.claims, outcomes) {
                    finishes.append(
                        finish(claim, outcome, report: report, line: &line, now: now, draw: &draw))
                }
            case .halve:
                line.halves.append(contentsOf: parcel.halves())
            case .notSent(let outcome):
                line.note(outcome, at: now)
                if phase == .running {
                    line.putBack(parcel)
                } else {
                    for claim in parcel.claims { line.forget(claim) }
                }
            }
        }
        record(finishes)
    }

    private func finish(
        _ claim: Claim, _ outcome: Outcome, report: ParcelReport, line: inout DestinationLine,
        now: Timestamp, draw: inout RandomDraw
    ) -> Finish {
        let decision = line.plan.retry.decide(
            outcome, attempts: claim.attempts + 1, receivedAt: claim.receivedAt, now: now,
            using: &draw)
        counters.count(outcome, destination: line.plan.name)
        line.note(outcome, at: now)
        var tracer: String?
        if case .delivered(let id) = outcome { tracer = id }
        let attempt = Attempt(
            startedAt: report.startedAt, durationMs: report.durationMs, status: report.status,
            errorClass: outcome.errorClass, message: outcome.errorClass.map { _ in outcome.message },
            tracer: tracer)
        return Finish(claim: claim, result: result(decision), attempt: attempt)
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
        lines[number]?.forget(finish.claim)
        guard isChanged, case .retry(let due) = finish.result else { return }
        let known = lines[number]?.nextTriedDue
        if known.map({ due < $0 }) ?? true { lines[number]?.nextTriedDue = due }
    }

    private func tell(
        _ change: DestinationGate.Change, line: DestinationLine, now: Timestamp, nowNs: UInt64
    ) {
        let name = LogValue.text(line.plan.name)
        switch change {
        case .opened(let block):
            log.info("destination answers again", ["destination": name, "was": "\(block.rawValue)"])
        case .blocked(let block, let untilNs):
            let inMs = Int64((untilNs - min(nowNs, untilNs)) / 1_000_000)
            log.warning(
                "destination is left alone",
                [
                    "destination": name, "state": "\(block.rawValue)",
                    "until": "\(now.adding(ms: inMs))", "error": "\(line.lastError ?? "")",
                ])
        case .narrowed(let window):
            log.debug("fewer requests at once", ["destination": name, "window": .number(window)])
        }
    }
}
