import RelayCore
import RelayStore

extension Scheduler {
    private static var fillCount: Int { Limits.activeDeliveries / 4 }
    private static var fillBytes: Int { Limits.activeBytes / 4 }

    /// Reads the store when less is ready than one request takes and there is more: a bounded
    /// number by count and by bytes, whatever waits behind.
    func fill(_ line: inout DestinationLine, now: Timestamp) throws {
        let wanted = min(line.plan.courier.packing?.maxMessages ?? 1, Scheduler.fillCount)
        if let due = line.nextTriedDue, due <= now, line.triedCount < wanted,
            line.hasRoom(for: .tried)
        {
            try fillTried(&line, now: now)
        }
        if line.isBehind, line.backlogCount < wanted, line.hasRoom(for: .backlog) {
            let room = line.room(for: .backlog)
            line.addBacklog(
                try reader.claimDue(
                    .untried(
                        destination: line.plan.number, after: line.untriedCursor,
                        count: min(Scheduler.fillCount, room.count),
                        bytes: min(Scheduler.fillBytes, room.bytes))))
        }
    }

    private func fillTried(_ line: inout DestinationLine, now: Timestamp) throws {
        let claims = try readTried(line, until: now)
        if let last = claims.last {
            line.triedCursor = (last.dueAtMs, last.id.sequence)
            line.addTried(claims)
            return
        }
        line.nextTriedDue = try reader.nextDue(destination: line.plan.number, after: now)
        guard let due = line.nextTriedDue, due.millisecondsSince(now) > line.plan.longestWaitMs
        else { return }
        // No policy waits that long: the clock has gone back since it was written. It is due.
        let late = try readTried(line, until: Timestamp(milliseconds: .max))
        guard let last = late.last else { return }
        line.triedCursor = (last.dueAtMs, last.id.sequence)
        line.nextTriedDue = now
        line.addTried(late)
    }

    private func readTried(_ line: DestinationLine, until: Timestamp) throws -> [Claim] {
        let room = line.room(for: .tried)
        return try reader.claimDue(
            .tried(
                destination: line.plan.number, after: line.triedCursor, now: until,
                count: min(Scheduler.fillCount, room.count),
                bytes: min(Scheduler.fillBytes, room.bytes)))
    }

    /// When a destination with nothing ready has something due.
    func dueNs(_ line: DestinationLine, now: Timestamp, nowNs: UInt64) -> UInt64 {
        // Without room nothing can be read, and what is ready waits for its share of the window;
        // whatever ends looks again.
        guard line.hasRoom(for: .tried), line.triedCount == 0, let due = line.nextTriedDue else {
            return .max
        }
        let waitMs = max(due.millisecondsSince(now), 1)
        let (waitNs, overflow) = UInt64(waitMs).multipliedReportingOverflow(by: 1_000_000)
        return overflow ? .max : nowNs.addingReportingOverflow(waitNs).partialValue
    }

    /// While nothing goes out, what is older than the destination's `maxAge` ends. A destination
    /// that is open tries it once more first; one that the operator holds waits for him.
    func expireOverdue(_ line: inout DestinationLine, now: Timestamp) throws -> [Finish] {
        guard line.gate.block != nil, !line.gate.isHeld, !line.isLeaving else { return [] }
        let policy = line.plan.retry
        guard ageTrust.isSettled(policy, nowNs: clock.monotonicNanoseconds) else { return [] }
        let overdue = try reader.overdue(
            destination: line.plan.number, before: min(now, clock.now).adding(ms: -policy.maxAgeMs),
            limit: Scheduler.fillCount)
        guard !overdue.isEmpty else { return [] }
        // Those in memory may be among them; what is not under way is looked at in the store.
        line.dropReady()
        var finishes: [Finish] = []
        for claim in overdue where line.book(claim) {
            let result: Finish.Result = policy.onExpiry == .expired ? .expired : .dead(.expired)
            finishes.append(Finish(claim: claim, result: result, attempt: nil))
        }
        return finishes
    }
}
