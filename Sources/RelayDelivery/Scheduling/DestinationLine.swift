import RelayCore
import RelayRuntime
import RelayStore

/// The deliveries of one destination that are in memory, and what decides which goes next.
/// A value confined to the scheduler's queue; it never sends, reads or writes.
struct DestinationLine {
    private(set) var plan: DestinationPlan
    var gate: DestinationGate
    let counters: DestinationCounters
    /// A destination that flaps, or refuses everything, must not fill the log.
    var lineBudget = LineBudget(linesPerMinute: Limits.destinationLinesPerMinute)
    var lanes = LaneBook()

    /// Halves of a batch that was refused as a whole: first of all.
    private var packed = FIFO<Parcel>()
    /// Handed over by the writer right after their commit: the newest.
    private var fresh = FairQueue()
    /// Never tried, read from the store in order of arrival.
    private var backlog = FIFO<Claim>()
    /// Tried before and due again, or next in a lane that has become free.
    private var tried = FIFO<Claim>()

    /// In memory: in the queues, under way, or waiting for their record.
    private var active = ActiveSet()
    /// Of these, what was here when somebody else last changed the store, as far as the store has
    /// not been asked since.
    private var doubtful: Set<Int64> = []
    /// Requests with deliveries that were tried before.
    private var retriesUnderway = 0

    /// How far the untried deliveries of the store have been read. New ones come behind it.
    private(set) var untriedCursor: Int64 = 0
    /// The store holds untried deliveries behind the cursor that are not in memory.
    private(set) var isBehind = true
    /// How far the tried deliveries that are due have been read, and when to look again.
    var triedCursor: (dueAtMs: Int64, sequence: Int64) = (1, -1)
    var nextTriedDue: Timestamp? = Timestamp(milliseconds: 0)

    private var requestTurn = 0
    private var claimTurn = 0
    /// When a batch in the making has waited long enough for company, monotonic ns.
    var lingerUntilNs: UInt64?
    private var answersBadly = false
    private(set) var lastError: String?
    private(set) var lastErrorAt: Timestamp?

    /// Taken out of the configuration.
    private(set) var isLeaving = false

    init(plan: DestinationPlan, counters: DestinationCounters, nowNs: UInt64) {
        self.plan = plan
        self.counters = counters
        gate = DestinationGate(settings: plan.gate, nowNs: nowNs)
    }

    /// Takes over new settings and forgets every grudge.
    mutating func adopt(_ new: DestinationPlan) {
        let isHeld = gate.isHeld
        // Events may have come for it while it was away.
        isBehind = true
        isLeaving = false
        plan = new
        gate.adopt(new.gate)
        forgive()
        if isHeld { gate.hold() }
    }

    /// It is no longer in the configuration: what is under way ends, what waits stays in the store.
    mutating func leave() {
        isLeaving = true
        dropReady()
    }

    /// The operator says that the destination is well again.
    mutating func forgive() {
        plan.courier.reset(wasRefused: gate.block == .credential)
        gate.release()
    }

    var readyCount: Int { fresh.count + backlog.count + tried.count }
    var backlogCount: Int { backlog.count }
    var triedCount: Int { tried.count }
    var hasPacked: Bool { !packed.isEmpty }

    func hasRoom(for lot: Lot) -> Bool { active.hasRoom(for: lot) }

    func room(for lot: Lot) -> (count: Int, bytes: Int) { active.room(for: lot) }

    /// The memory holds all that it may.
    var isFull: Bool { active.isFull }

    func isClaimed(_ sequence: Int64) -> Bool { active.contains(sequence) }

    /// Takes what the writer hands over, as long as there is room. What is not taken is read from
    /// the store when its turn comes.
    mutating func offer(_ event: StoredEvent) {
        guard event.id.sequence > untriedCursor, !isLeaving else { return }
        // While older ones wait in the store, the newest may use a quarter of the room, and one
        // source three quarters of that, but a few of each: so neither a backlog that drains nor a
        // source that floods keeps what has just come waiting.
        let limit = isBehind ? Limits.activeDeliveries / 4 : Limits.activeDeliveries
        let ofSource = fresh.count(of: event.event.route.source)
        // Beyond half of the room a source has one.
        guard active.hasRoomForFresh(besideOlder: isBehind && ofSource > 0),
            ofSource < limit - limit / 4,
            fresh.count < limit || ofSource < limit / 16
        else {
            isBehind = true
            return
        }
        let claim = event.claim(destination: plan.number)
        guard active.insert(claim, .fresh) else { return }
        fresh.append(claim)
        if !isBehind { untriedCursor = event.id.sequence }
    }

    /// Untried ones read from the store. None at all: the memory has caught up with it.
    mutating func addBacklog(_ claims: [Claim]) {
        if claims.isEmpty { isBehind = false }
        for claim in claims {
            untriedCursor = claim.id.sequence
            if active.insert(claim, .backlog) { backlog.append(claim) }
        }
    }

    /// Tried ones that are due.
    mutating func addTried(_ claims: [Claim]) {
        for claim in claims where active.insert(claim, .tried) { tried.append(claim) }
    }

    /// The next of a lane that has become free.
    mutating func addFreed(_ claim: Claim) {
        if claim.dueAtMs > 0 {
            addTried([claim])
        } else if active.insert(claim, .backlog) {
            backlog.append(claim)
        }
    }

    /// Books a delivery that is about to be finished without being sent.
    mutating func book(_ claim: Claim) -> Bool { active.insert(claim, .tried) }

    /// The delivery is no longer in memory; whether it is in the store is another matter.
    mutating func forget(_ claim: Claim) { active.remove(claim) }

    /// Forgets a delivery that still waits in the store and must be read again.
    /// - Parameter isUnderway: it has begun its lane, if it has one.
    mutating func giveBack(_ claim: Claim, isUnderway: Bool = true) {
        forget(claim)
        if isUnderway, let lane = claim.laneKey { _ = lanes.end(lane) }
        if claim.dueAtMs == 0 {
            untriedCursor = min(untriedCursor, claim.id.sequence - 1)
            isBehind = true
        }
        // Its row may have moved meanwhile: an operator may have discarded and replayed it.
        lookAgain(from: Timestamp(milliseconds: 0))
    }

    /// A tried delivery may now be due at `due`, which may lie before the cursor.
    mutating func lookAgain(from due: Timestamp) {
        if due.milliseconds <= triedCursor.dueAtMs { triedCursor = (1, -1) }
        if nextTriedDue.map({ due < $0 }) ?? true { nextTriedDue = due }
    }

    /// Untried deliveries that were passed over are looked at again, from the front.
    mutating func readAgain() {
        untriedCursor = 0
        isBehind = true
    }

    /// The writer said more than could be heard: the store has it.
    mutating func fallBehind() { isBehind = true }

    /// One at a time where the configuration has changed to a courier that takes no batches.
    mutating func popPacked() -> Parcel? {
        guard let parcel = packed.popFirst() else { return nil }
        guard plan.courier.packing == nil else { return parcel }
        for claim in parcel.claims.dropFirst().reversed() {
            packed.prepend(Parcel(claims: [claim]))
        }
        return Parcel(claims: [parcel.claims[0]])
    }

    mutating func pack(again parcels: [Parcel]) { packed.append(contentsOf: parcels) }

    /// Whether it is the turn of those that were tried before: every fourth request is theirs.
    mutating func isTurnOfRetries() -> Bool {
        requestTurn &+= 1
        return requestTurn % 4 == 0
    }

    /// The next that was tried before, or the next first attempt. A request holds either the ones
    /// or the others, so that what fails again and again takes no first attempt along.
    mutating func pop(retries: Bool) -> Claim? {
        if retries { return retriesUnderway < retryShare ? tried.popFirst() : nil }
        claimTurn &+= 1
        return claimTurn % 2 == 0
            ? fresh.popFirst() ?? backlog.popFirst() : backlog.popFirst() ?? fresh.popFirst()
    }

    /// A quarter of the window is kept for first attempts: retries may hang for long.
    private var retryShare: Int { max(1, gate.windowSize * 3 / 4) }

    mutating func left(_ parcel: Parcel) {
        if parcel.isRetry { retriesUnderway += 1 }
    }

    mutating func cameBack(_ parcel: Parcel) {
        if parcel.isRetry { retriesUnderway -= 1 }
    }

    /// It did not fit into the batch; it opens the next.
    mutating func unpop(_ claim: Claim) {
        if claim.dueAtMs > 0 { tried.prepend(claim) } else { fresh.prepend(claim) }
    }

    /// Remembers the destination's last failure.
    /// Its words stay with the attempt, where they can be erased: they may repeat what was sent.
    mutating func note(_ outcome: Outcome?, status: Int?, at now: Timestamp) {
        guard let outcome, let errorClass = outcome.errorClass else { return }
        lastError = errorClass.rawValue + (status.map { " (HTTP \($0))" } ?? "")
        lastErrorAt = now
    }

    /// Answers that say nothing are worth one word, until one can be understood again.
    mutating func startsAnsweringBadly(_ outcomes: [Outcome]) -> Bool {
        let isBad = outcomes.contains { outcome in
            if case .unknown = outcome { true } else { false }
        }
        defer { answersBadly = isBad }
        return isBad && !answersBadly
    }

    /// Drops what is in memory and not under way; it is still in the store.
    mutating func dropReady() {
        var claims = fresh.drain()
        while let claim = backlog.popFirst() ?? tried.popFirst() { claims.append(claim) }
        while let parcel = packed.popFirst() { claims += parcel.claims }
        for claim in claims { giveBack(claim) }
    }

    /// Somebody else has changed the store: whatever is in memory may be given up, erased or moved.
    mutating func doubtAll() { doubtful = active.sequences }

    /// Whether the store must be asked before this delivery leaves. It is asked once.
    mutating func mustAsk(_ claim: Claim) -> Bool {
        !doubtful.isEmpty && doubtful.remove(claim.id.sequence) != nil
    }

    /// The delivery does not wait any more as it was read. Its row may have moved: an operator may
    /// have discarded and replayed it.
    /// - Returns: whether its lane was under way and somebody may be waiting behind it.
    mutating func letGo(_ claim: Claim, isUnderway: Bool) -> Bool {
        forget(claim)
        lookAgain(from: Timestamp(milliseconds: 0))
        guard isUnderway, let lane = claim.laneKey else { return false }
        return lanes.end(lane)
    }
}
