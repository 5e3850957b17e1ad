import RelayCore
import RelayRuntime
import RelayStore

extension Scheduler {
    /// Reads the store when little is ready and there is more: a bounded number by count and by
    /// bytes, whatever waits behind.
    func fill(_ line: inout DestinationLine, now: Timestamp) {
        guard line.readyCount < Scheduler.fillBelow, line.hasRoom else { return }
        do {
            if let due = line.nextTriedDue, due <= now, line.tried.isEmpty {
                try fillTried(&line, now: now)
            }
            if line.isBehind, line.backlog.isEmpty { try fillUntried(&line) }
        } catch {
            // The store is read again at the next tick; nothing is lost by waiting.
            log.error(
                "the queue cannot be read",
                ["destination": .text(line.plan.name), "reason": "\(error)"])
            line.nextTriedDue = now.adding(ms: 1000)
            line.isBehind = false
            mustReread = true
        }
    }

    private static var fillBelow: Int { Limits.activeDeliveries / 4 }
    private static var fillCount: Int { Limits.activeDeliveries / 4 }
    private static var fillBytes: Int { Limits.activeBytes / 4 }

    private func fillUntried(_ line: inout DestinationLine) throws {
        while line.backlog.isEmpty {
            let claims = try reader.claimDue(
                .untried(
                    destination: line.plan.number, after: line.untriedCursor,
                    count: Scheduler.fillCount, bytes: Scheduler.fillBytes))
            for claim in claims {
                line.untriedCursor = claim.id.sequence
                if line.take(claim) { line.backlog.append(claim) }
            }
            if claims.isEmpty {
                line.isBehind = false
                return
            }
        }
    }

    private func fillTried(_ line: inout DestinationLine, now: Timestamp) throws {
        var after: (dueAtMs: Int64, sequence: Int64) = (1, -1)
        while line.tried.isEmpty {
            let claims = try reader.claimDue(
                .tried(
                    destination: line.plan.number, after: after, now: now,
                    count: Scheduler.fillCount, bytes: Scheduler.fillBytes))
            for claim in claims {
                after = (claim.dueAtMs, claim.id.sequence)
                if line.take(claim) { line.tried.append(claim) }
            }
            if claims.isEmpty {
                line.nextTriedDue = try reader.nextDue(destination: line.plan.number, after: now)
                return
            }
        }
    }

    /// When a destination with nothing ready has something due.
    func dueNs(_ line: DestinationLine, now: Timestamp, nowNs: UInt64) -> UInt64 {
        guard let due = line.nextTriedDue else { return .max }
        let waitMs = max(due.millisecondsSince(now), 1)
        let (waitNs, overflow) = UInt64(waitMs).multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : nowNs.addingReportingOverflow(waitNs).partialValue
    }
}
