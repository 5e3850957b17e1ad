import Dispatch
import RelayCore
import RelayStore
import RelayTesting

/// The real writer on a faulty disk, with what it was told to promise.
final class FaultyStore {
    let disk: FaultyFileSystem
    let folder: TemporaryFolder
    let clock = ManualClock()
    let file: StoreFile
    let writer: GroupWriter
    let failures = Mailbox<StoreFailure>()
    let route: Route

    convenience init(seed: UInt64 = 1) throws {
        let disk = FaultyFileSystem(seed: seed)
        let folder = try TemporaryFolder()
        try self.init(disk: disk, folder: folder)
    }

    init(disk: FaultyFileSystem, folder: TemporaryFolder) throws {
        self.disk = disk
        self.folder = folder
        file = disk.storeFile(in: folder)
        let failures = failures
        let opened = try GroupWriter(file: file, clock: clock, reserveBytes: 0) { failures.put($0) }
        writer = opened
        do {
            route = try opened.prepare { ledger in
                Route(
                    source: try ledger.number(of: "chatlio", kind: .source),
                    hook: try ledger.number(of: "started", kind: .hook),
                    destinations: [try ledger.number(of: "platform", kind: .destination)],
                    dedupWindowMs: 0)
            }
        } catch {
            FaultyStore.close(opened)
            throw error
        }
    }

    func event(_ number: Int, bytes: Int = 0) -> NewEvent {
        Fixtures.event(
            route: route, at: clock.now,
            body: Fixtures.body(number) + [UInt8](repeating: 7, count: bytes))
    }

    func accept(_ event: NewEvent) -> Acceptance { group([event], []).verdicts[0] }

    /// One group of the writer: all of it is submitted before the writer looks.
    func group(
        _ events: [NewEvent], _ finishes: [Finish]
    ) -> (verdicts: [Acceptance], receipt: FinishReceipt?) {
        let gate = DispatchSemaphore(value: 0)
        writer.queue.async { gate.wait() }
        let waiters = events.map { event in
            let waiter = WaitingForAcceptance()
            writer.submit(event, waiter: waiter)
            return waiter
        }
        let receipts = Mailbox<FinishReceipt>()
        if !finishes.isEmpty { writer.submit(finishes) { receipts.put($0) } }
        gate.signal()
        return (waiters.map { $0.verdict.take() }, finishes.isEmpty ? nil : receipts.take())
    }

    func claims() throws -> [Claim] {
        let reader = try ClaimReader(file: file)
        defer { reader.close() }
        return try reader.claimDue(
            .untried(destination: route.destinations[0], after: 0, count: 1000, bytes: .max))
    }

    func delivered(_ claim: Claim) -> Finish {
        Finish(claim: claim, result: .delivered, attempt: Fixtures.attempt())
    }

    func close() { FaultyStore.close(writer) }

    private static func close(_ writer: GroupWriter) {
        let closed = Mailbox<Bool>()
        writer.close { closed.put(true) }
        _ = closed.take()
    }

    /// The power goes, and a new process starts from the disk.
    func restarted(_ survival: FaultyFileSystem.Survival = .seeded) throws -> FaultyStore {
        disk.forgetFailures()
        disk.limitCapacity(bytes: nil)
        disk.cutPower(survival)
        close()
        return try FaultyStore(disk: disk, folder: folder)
    }

    func contents() throws -> StoreContents {
        let (contents, damages) = try StoreContents.read(file, now: clock.now)
        guard damages.isEmpty else { throw Damage(words: damages) }
        return contents
    }

    struct Damage: Error { let words: [String] }
}
