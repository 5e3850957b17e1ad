import RelayCore
import RelayStore

extension GateReport {
    init(_ line: DestinationLine, now: Timestamp, nowNs: UInt64) {
        var until: Timestamp?
        if let untilNs = line.gate.closedUntilNs(nowNs: nowNs) {
            // Whole seconds: the same instant must not look like news each time it is computed.
            let atMs = now.adding(ms: Int64((untilNs - min(nowNs, untilNs)) / 1_000_000))
            until = Timestamp(milliseconds: atMs.milliseconds / 1000 * 1000)
        }
        self.init(
            destination: line.plan.number,
            state: line.gate.isHeld
                ? "held"
                : line.gate.block?.rawValue
                    ?? (until == nil ? "open" : "resting"),
            until: until, inFlight: line.gate.inFlight, window: line.gate.windowSize,
            lastError: line.lastError, lastErrorAt: line.lastErrorAt,
            tokenExpiresAt: line.plan.courier.tokenExpiresAt, saidAt: now)
    }
}
