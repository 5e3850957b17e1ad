import RelayCore
import RelayRuntime
import RelayStore
import Synchronization

/// What the log hears of destinations: bounded lines a minute for each.
extension Scheduler {
    /// One line for each decision of a gate.
    func tell(
        _ change: DestinationGate.Change, line: inout DestinationLine, now: Timestamp,
        nowNs: UInt64
    ) {
        let name = LogValue.text(line.plan.name)
        switch change {
        case .opened(let block):
            guard line.lineBudget.admits(nowNs: nowNs) else { return }
            log.info(
                "destination answers again", ["destination": name, "was": "\(block.rawValue)"])
        case .blocked(let block, let untilNs):
            let inMs = Int64((untilNs - min(nowNs, untilNs)) / 1_000_000)
            warn(
                "destination is left alone", &line,
                [
                    "destination": name, "state": "\(block.rawValue)",
                    "until": "\(now.adding(ms: inMs))", "error": "\(line.lastError ?? "")",
                ])
        case .paused(let untilNs):
            guard line.lineBudget.admits(nowNs: nowNs) else { return }
            let inMs = Int64((untilNs - min(nowNs, untilNs)) / 1_000_000)
            log.info(
                "destination is busy and left alone for a while",
                ["destination": name, "until": "\(now.adding(ms: inMs))"])
        case .narrowed(let window):
            log.debug("fewer requests at once", ["destination": name, "window": .number(window)])
        }
    }

    /// A warning about one destination, while its lines for this minute last.
    func warn(_ message: String, _ line: inout DestinationLine, _ fields: Log.Fields) {
        guard line.lineBudget.admits(nowNs: clock.monotonicNanoseconds) else { return }
        log.warning(message, fields)
    }

    /// Says how much of the last minute was left out.
    func tellSuppressed() {
        let nowNs = clock.monotonicNanoseconds
        if let count = readFailures.settle(nowNs: nowNs) {
            log.warning(
                "more lines about reads that failed were left out", ["count": .number(count)])
        }
        forEachLine { line in
            guard let count = line.lineBudget.settle(nowNs: nowNs) else { return }
            self.log.warning(
                "more lines about this destination were left out",
                ["destination": .text(line.plan.name), "count": .number(count)])
        }
    }

    /// Keeps what the metrics will say of the gates.
    func observe() {
        tellSuppressed()
        let nowNs = clock.monotonicNanoseconds
        var inFlight: [Int64: Int] = [:]
        for sent in underway.values {
            inFlight[sent.destination, default: 0] += sent.parcel.claims.count
        }
        let found = lines.values.map { line in
            GateReading(
                destination: line.plan.name, block: line.gate.block,
                isPausing: line.gate.block == nil && line.gate.closedUntilNs(nowNs: nowNs) != nil,
                isHeld: line.gate.isHeld,
                window: line.gate.windowSize, requestsInFlight: line.gate.inFlight,
                deliveriesInFlight: inFlight[line.plan.number] ?? 0,
                rateTokens: line.gate.rateTokens(nowNs: nowNs),
                tokenExpiresAt: line.plan.courier.tokenExpiresAt)
        }
        readings.withLock { $0 = found.sorted { $0.destination < $1.destination } }
    }

    /// What the gates were half a second ago, or less.
    package var gateReadings: [GateReading] { readings.withLock { $0 } }
}

extension DestinationCounters.Outcome {
    init(_ decision: RetryPolicy.Decision) {
        switch decision {
        case .done: self = .delivered
        case .retry: self = .retry
        case .dead: self = .dead
        case .expired: self = .expired
        }
    }
}
