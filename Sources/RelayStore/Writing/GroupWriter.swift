package import RelayCore
import SQLite
import Synchronization

/// Group commit by nature: one serial queue owns the one writing connection; each pass takes all
/// that waits, commits it as one transaction with one sync, and only then tells those who wait.
/// There is no timer: while one group syncs, the next gathers.
// Sendable: the ledger is touched on `queue` alone, the inbox under its lock.
package final class GroupWriter: @unchecked Sendable {
    struct Waiting {
        let event: NewEvent
        let waiter: any AcceptWaiter
    }

    struct FinishGroup {
        let finishes: [Finish]
        let completion: @Sendable (FinishReceipt) -> Void
    }

    struct Change {
        let work: (Ledger) throws -> Void
        let completion: @Sendable ((any Error)?) -> Void
    }

    struct Inbox {
        var accepts: [Waiting] = []
        var acceptBytes = 0
        var finishes: [FinishGroup] = []
        var changes: [Change] = []
        var probes: [@Sendable () -> Void] = []
        var isScheduled = false
        /// Says 503 to whatever comes from now on.
        var refusal: Acceptance.Refusal?

        var isEmpty: Bool {
            accepts.isEmpty && finishes.isEmpty && changes.isEmpty && probes.isEmpty
        }
    }

    /// Told what was just stored, so that an idle relay need not read it back. Set before the
    /// first event is accepted. Weak, because delivery holds the writer.
    struct Receiver {
        weak var delivery: (any HandOver)?
    }

    package let queue: any WorkQueue
    let ledger: Ledger
    let clock: any Clock
    package let file: StoreFile
    let inbox = Mutex(Inbox())
    let checkpointer: Checkpointer
    let space: FreeSpace
    let statistics = Mutex(WriterStatistics())
    let receiver = Mutex(Receiver())
    let files: StoreFiles
    private let atHome: WriterAtHome
    var filesCheckedNs: UInt64 = 0
    private let wasLow = Atomic<Bool>(false)
    /// Told when the disk reserve is reached and when there is space again.
    private let onReserve: @Sendable (Bool) -> Void
    /// Called once when the store cannot go on: the process must stop.
    private let onFailure: @Sendable (StoreFailure) -> Void

    /// What the next start is told of this store.
    private var mark: RunningMark?
    /// There is none, and it should be there.
    package var isUnmarked: Bool { file.vfs == nil && mark == nil }

    private var seenVersion: Int64?
    /// When it is closed: its log could not be moved into the database, and stays.
    package private(set) var hasLeftLog = false
    /// On the writer's queue: the database is closed.
    private(set) var isClosed = false

    package init(
        file: StoreFile, clock: any Timekeeper, reserveBytes: Int64, ballast: Ballast? = nil,
        onReserve: @escaping @Sendable (_ isReached: Bool) -> Void = { _ in },
        onFailure: @escaping @Sendable (StoreFailure) -> Void
    ) throws(StoreError) {
        self.file = file
        self.clock = clock
        self.onReserve = onReserve
        self.onFailure = onFailure
        queue = clock.queue("holdfast.writer", .answering)
        ledger = try Ledger(file: file, now: clock.now)
        file.forgetFailure()
        // A start that is given up leaves the log, and the mark of the relay before, as they are.
        if file.vfs == nil { ledger.connection.leaveLog(true) }
        atHome = WriterAtHome(file)
        space = FreeSpace(
            directory: file.directory, reserveBytes: reserveBytes, ballast: ballast, clock: clock)
        // Taken before anybody reads the store, so that no change falls between the two.
        seenVersion = try? ledger.connection.scalar("PRAGMA data_version")
        checkpointer = try Checkpointer(
            file: file, queue: clock.queue("holdfast.checkpointer", .tidying))
        files = StoreFiles(file, pageBytes: checkpointer.pageBytes)
        ledger.connection.setWALHook {
            [checkpointer, files, unowned connection = ledger.connection] in
            files.noteCommit(logPages: $0, version: connection.dataVersion)
            checkpointer.noteLog(pages: $0)
        }
        checkpointer.finishOnWriter = { [weak self] fault in
            self?.finishCheckpoint(after: fault)
        }
        measureDatabase()
        mark = RunningMark(file, ledger)
        ledger.keptFrom = { [unowned self] in
            // One that could not be replaced may still be believed.
            mark?.renew() ?? file.mark?.newest ?? .max
        }
    }

    /// What new events are told; nil: they are taken.
    package var refusal: Acceptance.Refusal? { inbox.withLock { $0.refusal } }

    /// What was committed since the start.
    package var counts: WriterStatistics { statistics.withLock { $0 } }

    package func setHandOver(_ receiver: any HandOver) {
        self.receiver.withLock { $0.delivery = receiver }
    }

    /// Runs `body` on the writer's queue and waits for it: for what is done when configuration is
    /// read, never for events.
    package func prepare<T>(_ body: (Ledger) throws -> T) throws -> T {
        try queue.sync {
            guard !isClosed, !hasFailed else { throw StoreFailure.stopped }
            do {
                let result = try body(ledger)
                // What it wrote may have made the sizes of before say nothing.
                if files.isUnmeasured { measureDatabase() }
                return result
            } catch {
                if let failure = fatal(error) { fail(failure) }
                throw error
            }
        }
    }

    /// Offers an event; the waiter is told after the commit that holds it, or at once when the
    /// store takes nothing.
    package func submit(_ event: NewEvent, waiter: any AcceptWaiter) {
        enum Step { case wake, wait, refuse(Acceptance.Refusal) }
        let step: Step = inbox.withLock { inbox in
            if let refusal = inbox.refusal { return .refuse(refusal) }
            guard inbox.accepts.count < Limits.waitingEvents,
                inbox.acceptBytes < Limits.waitingBytes
            else { return .refuse(.overloaded) }
            inbox.accepts.append(Waiting(event: event, waiter: waiter))
            inbox.acceptBytes += event.body.count
            return GroupWriter.schedule(&inbox) ? .wake : .wait
        }
        switch step {
        case .wake: queue.async { self.run() }
        case .wait: break
        case .refuse(let refusal): waiter.finished(.refused(refusal))
        }
    }

    /// Records finished sends. Accepts and finishes share the same groups.
    package func submit(
        _ finishes: [Finish], completion: @escaping @Sendable (FinishReceipt) -> Void
    ) {
        enqueue { $0.finishes.append(FinishGroup(finishes: finishes, completion: completion)) }
    }

    /// Runs a change of the store in a transaction of its own, in turn with the groups.
    package func perform(
        _ work: @escaping @Sendable (Ledger) throws -> Void,
        completion: @escaping @Sendable ((any Error)?) -> Void
    ) {
        enqueue { $0.changes.append(Change(work: work, completion: completion)) }
    }

    /// Calls back, on the writer's queue, when everything that waits now has been dealt with.
    /// Touches no file, so that it is answered whatever state the store is in, as long as the
    /// writer moves.
    package func probe(_ answered: @escaping @Sendable () -> Void) {
        enqueue { $0.probes.append(answered) }
    }

    /// Calls back, on the writer's queue, if another process has committed since the last call.
    package func whenChangedByOthers(_ changed: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            // SQLite counts commits of other connections only; the checkpointer makes none.
            guard !isClosed, let version = try? ledger.connection.scalar("PRAGMA data_version")
            else { return }
            defer { seenVersion = version }
            if seenVersion != version { changed() }
        }
    }

    /// Refuses new events; finishes are still recorded.
    package func refuseEvents() {
        inbox.withLock { $0.refusal = $0.refusal ?? .stopping }
    }

    /// Commits what waits, closes the database and then calls `completion`. What comes later is
    /// told that it was not recorded.
    package func close(completion: @escaping @Sendable () -> Void) {
        refuseEvents()
        queue.async { [self] in
            drain()
            // What somebody else has taken over by now is not ours to end.
            if !hasFailed { checkFiles() }
            isClosed = true
            checkpointer.close()
            // SQLite would checkpoint, and so sync, once more: after a failed sync that proves
            // nothing and may hide it. The process ends without closing.
            if !hasFailed { hasLeftLog = !file.closeInOrder(ledger.connection) }
            completion()
        }
    }

    private func enqueue(_ add: (inout Inbox) -> Void) {
        let wake = inbox.withLock { inbox in
            add(&inbox)
            return GroupWriter.schedule(&inbox)
        }
        if wake { queue.async { self.run() } }
    }

    private static func schedule(_ inbox: inout Inbox) -> Bool {
        defer { inbox.isScheduled = true }
        return !inbox.isScheduled
    }

    /// One pass per turn of the queue, so that closing and checkpoint ends find their place.
    private func run() {
        queue.assertIsCurrent()
        carryOut(takeGroup())
        let more = inbox.withLock { inbox in
            inbox.isScheduled = !inbox.isEmpty
            return inbox.isScheduled
        }
        if more { queue.async { self.run() } }
    }

    private func drain() {
        while true {
            let group = takeGroup()
            if group.isEmpty { return }
            carryOut(group)
        }
    }

    private func carryOut(_ group: Group) {
        commit(group)
        for answered in group.probes { answered() }
    }

    /// What a reader beside the writer met: damage is the end of the store, anything else is not.
    package func noteReadFailure(_ error: any Error) {
        guard let error = error as? SQLiteError, error.isCorrupt || error.isNotADatabase else {
            return
        }
        fail(StoreFailure(operation: "reading", reason: error))
    }

    /// What the last relay had stored and was not there when this one began.
    package var loss: KnownLoss? { ledger.loss }
    /// With those that a command has found, or a start that came to no end.
    package var untoldLosses: [KnownLoss] { ledger.untoldLosses }
    /// With what was found missing before.
    package var missingDeliveries: Int64 { ledger.missing }

    func noteNewest() { mark?.note() }

    /// Stops everything: nothing in memory can be trusted after a failed write or sync.
    func fail(_ failure: StoreFailure) {
        let first = inbox.withLock { inbox in
            defer { inbox.refusal = .failed }
            return inbox.refusal != .failed
        }
        guard first else { return }
        // First: who is told ends the process.
        var failure = failure
        failure.isNoted = file.noteFailure()
        onFailure(failure)
    }

    /// Makes the ballast again when there is room. Events do so, too; this is for idle times.
    package func tendBallast() {
        queue.async { [self] in
            if !hasEnded { tellReserve(space.isBelowReserve) }
        }
    }

    /// Says once when the reserve is reached, and once when it no longer is.
    func tellReserve(_ isLow: Bool) {
        guard wasLow.exchange(isLow, ordering: .relaxed) != isLow else { return }
        onReserve(isLow)
    }

    /// What the writer found when it last looked: the reserve is reached or the ballast is gone.
    package var isShortOfSpace: Bool { wasLow.load(ordering: .relaxed) }

    private func finishCheckpoint(after fault: SQLiteError?) {
        queue.async { [self] in
            // What failed there is not tried again here: a second sync that succeeds says nothing.
            if let fault { checkpointFailed(fault) } else { checkpoint() }
            checkpointer.writerFinished()
        }
    }

    /// Moves what is left of the log into the database, between two groups.
    /// - Returns: whether the database has all.
    @discardableResult
    func checkpoint() -> Bool {
        if hasFailed || isClosed { return false }
        do {
            let result = try ledger.connection.checkpoint(.passive)
            measureDatabase()
            return result.isComplete
        } catch {
            checkpointFailed(error)
            return false
        }
    }

    private func checkpointFailed(_ error: SQLiteError) {
        guard !error.isBusy, !error.isFull else { return }
        fail(StoreFailure(operation: "checkpoint", reason: error))
    }

    /// On the writer's queue: nothing is written any more.
    var hasEnded: Bool { isClosed || hasFailed }

    /// The store has stopped for good.
    var hasFailed: Bool { inbox.withLock { $0.refusal == .failed } }
}
