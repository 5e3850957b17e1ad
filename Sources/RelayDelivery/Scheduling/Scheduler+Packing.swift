import RelayCore
import RelayStore

extension Scheduler {
    /// The next request's deliveries, or nil when nothing may go.
    func nextParcel(_ line: inout DestinationLine) throws -> Parcel? {
        if let parcel = try packedParcel(&line) { return parcel }
        let retriesFirst = line.isTurnOfRetries()
        return try parcel(&line, retries: retriesFirst)
            ?? parcel(&line, retries: !retriesFirst)
    }

    /// Of a batch that was refused as a whole; without what an operator has given up meanwhile.
    private func packedParcel(_ line: inout DestinationLine) throws -> Parcel? {
        while let parcel = line.popPacked() {
            var standing: [Claim] = []
            for (index, claim) in parcel.claims.enumerated() {
                do {
                    if try stands(claim, isUnderway: true, &line) { standing.append(claim) }
                } catch {
                    for claim in standing + parcel.claims[index...] { line.giveBack(claim) }
                    throw error
                }
            }
            if !standing.isEmpty { return Parcel(claims: standing) }
        }
        return nil
    }

    /// Whether a delivery still waits as it was read: what an operator has given up or erased must
    /// not leave from memory. The store is asked only if somebody else has changed it since.
    private func stands(
        _ claim: Claim, isUnderway: Bool, _ line: inout DestinationLine
    ) throws -> Bool {
        guard line.mustAsk(claim) else { return true }
        if try reader.stands(claim) { return true }
        if line.letGo(claim, isUnderway: isUnderway), let lane = claim.laneKey {
            try askForLane(lane, &line, now: relayTime.now())
        }
        return false
    }

    private func parcel(_ line: inout DestinationLine, retries: Bool) throws -> Parcel? {
        guard let first = try nextClaim(&line, retries: retries) else { return nil }
        guard let packing = line.plan.courier.packing else { return Parcel(claims: [first]) }
        var claims = [first]
        do {
            try gather(&claims, packing, &line, retries: retries)
        } catch {
            for claim in claims { line.giveBack(claim) }
            throw error
        }
        return Parcel(claims: claims)
    }

    private func gather(
        _ claims: inout [Claim], _ packing: Packing, _ line: inout DestinationLine, retries: Bool
    ) throws {
        var bytes = claims.reduce(0) { $0 + $1.body.count + packing.overheadBytes }
        while claims.count < packing.maxMessages, bytes < packing.maxBytes,
            let next = try nextClaim(&line, retries: retries)
        {
            bytes += next.body.count + packing.overheadBytes
            if bytes > packing.maxBytes {
                if let lane = next.laneKey { _ = line.lanes.end(lane) }
                line.unpop(next)
                return
            }
            claims.append(next)
        }
    }

    /// The next delivery that may go. One whose lane is under way, or not at its head, is passed
    /// over: it stays in the store and is asked for when the lane is free.
    private func nextClaim(_ line: inout DestinationLine, retries: Bool) throws -> Claim? {
        while let claim = line.pop(retries: retries) {
            do {
                guard try stands(claim, isUnderway: false, &line) else { continue }
                guard let lane = claim.laneKey else { return claim }
                if try !line.lanes.isBusy(lane) && mayGo(claim, lane: lane, line) {
                    line.lanes.begin(lane)
                    return claim
                }
                line.lanes.passOver(lane)
                line.forget(claim)
            } catch {
                line.giveBack(claim, isUnderway: false)
                throw error
            }
        }
        return nil
    }

    private func mayGo(
        _ claim: Claim, lane: Int64, _ line: DestinationLine
    ) throws -> Bool {
        let number = line.plan.number
        guard try reader.laneHead(destination: number, lane: lane) == claim.id.sequence else {
            return false
        }
        guard line.plan.blockingSources.contains(claim.source) else { return true }
        return try !reader.hasDeadLetter(
            destination: number, lane: lane, before: claim.id.sequence)
    }

    /// A lane has become free, or the store was changed by others: its next delivery, if it is due.
    func askForLane(_ lane: Int64, _ line: inout DestinationLine, now: Timestamp) throws {
        let number = line.plan.number
        guard let sequence = try reader.laneHead(destination: number, lane: lane) else {
            line.lanes.forget(lane)
            return
        }
        guard !line.isClaimed(sequence),
            let claim = try reader.claim(destination: number, sequence: sequence),
            claim.dueAtMs <= now.milliseconds
        else { return }
        line.addFreed(claim)
    }

    /// Whether a batch in the making should wait for company: only while another request is under
    /// way, and never longer than its linger.
    func lingers(_ line: inout DestinationLine, nowNs: UInt64) -> UInt64? {
        guard let packing = line.plan.courier.packing, packing.lingerMs > 0, !line.hasPacked,
            (1..<packing.maxMessages).contains(line.readyCount), line.gate.inFlight > 0
        else {
            line.lingerUntilNs = nil
            return nil
        }
        let untilNs = line.lingerUntilNs ?? nowNs + UInt64(packing.lingerMs) * 1_000_000
        line.lingerUntilNs = nowNs < untilNs ? untilNs : nil
        return line.lingerUntilNs
    }
}
