import Dispatch
import RelayCore
import RelayStore
import RelayTesting
import Synchronization
import Testing

/// Many senders at once, a scheduler that finishes what it finds, and the power going somewhere.
/// The order is the threads' own, so that only what must hold in any order is checked.
@Suite struct ConcurrentCutTests {
    private static let senders = 4
    private static let eventsEach = 30

    @Test func `nothing acknowledged to any of many senders is lost`() throws {
        let home = try TemporaryFolder()
        let seeds = try PowerCutTests.seeds
        for seed in seeds where seed % 8 == 0 || seeds.count == 1 {
            do {
                try Round(seed: seed, home: home).run()
            } catch {
                Issue.record("seed \(seed), threads on their own: \(error)")
                return
            }
        }
    }

    private final class Round: Sendable {
        let seed: UInt64
        let disk: FaultyFileSystem
        let file: StoreFile
        let clock = ManualClock()
        let acknowledged = Mutex<[Int64: [UInt8]]>([:])
        let finished = Mutex<Set<DeliveryKey>>([])

        init(seed: UInt64, home: TemporaryFolder) {
            self.seed = seed
            disk = FaultyFileSystem(seed: seed)
            file = disk.storeFile(in: home)
        }

        func run() throws {
            let writer = try GroupWriter(file: file, clock: clock, reserveBytes: 0) { _ in }
            let route = try writer.prepare { ledger in
                Route(
                    source: try ledger.number(of: "chatlio", kind: .source),
                    hook: try ledger.number(of: "started", kind: .hook),
                    destinations: [try ledger.number(of: "platform", kind: .destination)],
                    dedupWindowMs: 600_000)
            }
            disk.cutPower(afterChanges: Int(seed % 400))
            DispatchQueue.concurrentPerform(iterations: ConcurrentCutTests.senders + 1) { index in
                if index == ConcurrentCutTests.senders {
                    deliver(writer, destination: route.destinations[0])
                } else {
                    send(writer, route, sender: index)
                }
            }
            disk.cutPower()
            let closed = Mailbox<Bool>()
            writer.close { closed.put(true) }
            _ = closed.take()
            try check()
        }

        private func send(_ writer: GroupWriter, _ route: Route, sender: Int) {
            for number in 0..<ConcurrentCutTests.eventsEach {
                let body = Fixtures.body(sender * 1000 + number)
                let waiter = SyncWatch(disk: disk, file: file)
                writer.submit(
                    Fixtures.event(route: route, at: clock.now, body: body), waiter: waiter)
                guard case .stored(let id) = waiter.verdict.take() else { return }
                acknowledged.withLock { $0[id.sequence] = body }
            }
        }

        private func deliver(_ writer: GroupWriter, destination: Int64) {
            guard let reader = try? ClaimReader(file: file) else { return }
            defer { reader.close() }
            for _ in 0..<ConcurrentCutTests.eventsEach {
                guard
                    let claims = try? reader.claimDue(
                        .untried(destination: destination, after: 0, count: 10, bytes: .max))
                else { return }
                let finishes = claims.map {
                    Finish(claim: $0, result: .delivered, attempt: Fixtures.attempt())
                }
                let receipts = Mailbox<FinishReceipt>()
                writer.submit(finishes) { receipts.put($0) }
                guard case .recorded(let changed) = receipts.take() else { return }
                for (claim, isChanged) in zip(claims, changed) where isChanged {
                    let key = DeliveryKey(
                        sequence: claim.id.sequence, destination: claim.destination)
                    _ = finished.withLock { $0.insert(key) }
                }
            }
        }

        private func check() throws {
            let again = try GroupWriter(file: file, clock: clock, reserveBytes: 0) { _ in }
            defer {
                let closed = Mailbox<Bool>()
                again.close { closed.put(true) }
                _ = closed.take()
            }
            let (contents, damages) = try StoreContents.read(file, now: clock.now)
            guard damages.isEmpty else { throw World.Finding("\(damages)") }
            for (sequence, body) in acknowledged.withLock({ $0 })
            where contents.events[sequence]?.body != body {
                throw World.Finding("\(sequence) was acknowledged and is not there as it came")
            }
            let offered = Set(
                (0..<ConcurrentCutTests.senders).flatMap { sender in
                    (0..<ConcurrentCutTests.eventsEach).map { Fixtures.body(sender * 1000 + $0) }
                })
            for (sequence, event) in contents.events {
                guard offered.contains(event.body) else {
                    throw World.Finding("\(sequence) was never offered")
                }
                guard contents.deliveries.keys.contains(where: { $0.sequence == sequence }) else {
                    throw World.Finding("\(sequence) has no delivery")
                }
            }
            for key in finished.withLock({ $0 }) {
                guard case .delivered? = contents.deliveries[key] else {
                    throw World.Finding("the finish of \(key) was recorded and is undone")
                }
            }
        }
    }
}
