import RelayCore
import RelayStore

/// The deliveries of one destination that are in memory, and what decides which goes next.
/// A value confined to the scheduler's queue; it never sends and never writes.
struct DestinationLine {
    private(set) var plan: DestinationPlan
    var gate: DestinationGate

    /// Parts of a batch that was refused as a whole: before anything else.
    var halves = FIFO<Parcel>()
    /// Handed over by the writer right after their commit: the newest.
    var fresh = FIFO<Claim>()
    /// Never tried, read from the store in order of arrival.
    var backlog = FIFO<Claim>()
    /// Tried before and due again.
    var tried = FIFO<Claim>()

    /// Sequences in memory: in the three queues, under way, or waiting for their record.
    var claimed: Set<Int64> = []
    var claimedBytes = 0

    /// How far the untried deliveries of the store have been read.
    var untriedCursor: Int64 = 0
    /// The store holds untried deliveries behind the cursor that are not in memory.
    var isBehind = true
    /// When the next tried delivery is due, as far as is known.
    var nextTriedDue: Timestamp? = Timestamp(milliseconds: 0)

    var turn = 0
    var sends: Int64 = 0
    var lastError: String?
    var lastErrorAt: Timestamp?

    init(plan: DestinationPlan, nowNs: UInt64) {
        self.plan = plan
        gate = DestinationGate(settings: plan.gate, nowNs: nowNs)
    }

    /// Takes over new settings and forgets every grudge.
    mutating func adopt(_ new: DestinationPlan, nowNs: UInt64) {
        plan = new
        gate.adopt(new.gate)
        gate.release()
        new.courier.reset()
    }

    var readyCount: Int { fresh.count + backlog.count + tried.count }

    var hasRoom: Bool {
        claimed.count < Limits.activeDeliveries && claimedBytes < Limits.activeBytes
    }

    /// Takes what the writer hands over, as long as there is room. What is not taken is read from
    /// the store when its turn comes.
    mutating func offer(_ event: StoredEvent) {
        guard event.id.sequence > untriedCursor else { return }
        // While older ones wait in the store, the newest may use a quarter of the room: so a
        // backlog that drains does not keep what has just come waiting behind it.
        let limit = isBehind ? Limits.activeDeliveries / 4 : Limits.activeDeliveries
        guard hasRoom, fresh.count < limit else {
            isBehind = true
            return
        }
        let claim = event.claim(destination: plan.number)
        guard take(claim) else { return }
        fresh.append(claim)
        if !isBehind { untriedCursor = event.id.sequence }
    }

    /// Books a claim unless it is in memory already.
    mutating func take(_ claim: Claim) -> Bool {
        guard claimed.insert(claim.id.sequence).inserted else { return false }
        claimedBytes += claim.body.count
        return true
    }

    mutating func forget(_ claim: Claim) {
        if claimed.remove(claim.id.sequence) != nil { claimedBytes -= claim.body.count }
    }

    /// The next request's deliveries, or nil when nothing is ready.
    mutating func nextParcel() -> Parcel? {
        if let half = halves.popFirst() { return half }
        guard let first = nextClaim() else { return nil }
        guard let packing = plan.courier.packing else { return Parcel(claims: [first]) }
        var claims = [first]
        var bytes = first.body.count
        while claims.count < packing.maxMessages, bytes < packing.maxBytes,
            let next = nextClaim()
        {
            bytes += next.body.count
            claims.append(next)
        }
        return Parcel(claims: claims)
    }

    /// Gives a parcel back to the front: the gate would not let it through.
    mutating func putBack(_ parcel: Parcel) {
        if parcel.splits > 0 || parcel.claims.count > 1 {
            halves.prepend(parcel)
        } else if let claim = parcel.claims.first {
            if claim.dueAtMs > 0 { tried.prepend(claim) } else { fresh.prepend(claim) }
        }
    }

    /// Takes turns between what has just come, the backlog and what is due again, so that none of
    /// the three keeps the others waiting.
    private mutating func nextClaim() -> Claim? {
        turn &+= 1
        switch turn % 4 {
        case 0: return fresh.popFirst() ?? backlog.popFirst() ?? tried.popFirst()
        case 1: return tried.popFirst() ?? backlog.popFirst() ?? fresh.popFirst()
        default: return backlog.popFirst() ?? fresh.popFirst() ?? tried.popFirst()
        }
    }

    /// Remembers the destination's last words of failure.
    mutating func note(_ outcome: Outcome?, at now: Timestamp) {
        guard let outcome, let errorClass = outcome.errorClass else { return }
        lastError = "\(errorClass.rawValue): \(outcome.message)"
        lastErrorAt = now
    }

    /// Forgets how far the store was read, because somebody else changed it. What is in memory
    /// stays claimed.
    mutating func rereadStore() {
        untriedCursor = 0
        isBehind = true
        nextTriedDue = Timestamp(milliseconds: 0)
    }

    /// Drops what is in memory and not under way; it is still in the store.
    mutating func dropReady() {
        for claim in drain(&fresh) + drain(&backlog) + drain(&tried) { forget(claim) }
        for parcel in drain(&halves) { for claim in parcel.claims { forget(claim) } }
        rereadStore()
    }

    private func drain<Item>(_ queue: inout FIFO<Item>) -> [Item] {
        var items: [Item] = []
        while let item = queue.popFirst() { items.append(item) }
        return items
    }
}
