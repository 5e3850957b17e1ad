import RelayCore
import RelayStore
import RelayTesting
import SQLite
import Testing

/// A fixed small schedule, and each operation of it failing in turn.
@Suite struct EachOperationTests {
    /// What was promised before the store stopped, if it did.
    private final class Promises {
        var stored: [Int64: [UInt8]] = [:]
        var finished: Set<Int64> = []
    }

    @Test func `after any single failure the disk holds what was promised`() throws {
        try inTurn(.any, .inputOutput, times: 1)
    }

    @Test func `a store whose making was interrupted is made on the next start`() throws {
        try inTurn(.any, .inputOutput, times: 1, isNew: true)
    }

    @Test(arguments: [FaultyFileSystem.Operation.write, .sync])
    func `nor does it matter when the disk stays broken from then on`(
        operation: FaultyFileSystem.Operation
    ) throws {
        try inTurn(operation, .inputOutput, times: 1_000_000)
    }

    @Test func `a full disk at any write loses nothing`() throws {
        try inTurn(.write, .full, times: 1)
    }

    /// SQLite takes the end of the file for zeros, so that a disk which lies there can damage the
    /// database. What is left is that the damage shows.
    @Test func `a read that ends too early loses nothing in silence`() throws {
        try inTurn(.read, .shortRead, times: 1, allowsDamage: true)
    }

    /// Skips ever more operations before the failure, until the schedule is over before it comes.
    /// - Parameter isNew: the store is made and nothing else is done.
    private func inTurn(
        _ operation: FaultyFileSystem.Operation, _ failure: FaultyFileSystem.Failure, times: Int,
        isNew: Bool = false, allowsDamage: Bool = false
    ) throws {
        let made = try FaultyStore()
        made.close()
        for skipping in 0..<5000 {
            let disk = FaultyFileSystem(seed: UInt64(skipping))
            if !isNew { disk.copyFiles(from: made.disk) }
            disk.failNext(operation, skipping: skipping, times: times, with: failure)
            let promises = Promises()
            let store = try? FaultyStore(disk: disk, folder: made.folder)
            if let store, !isNew { run(store, promises) }
            let done = disk.count(operation) + (operation == .write ? disk.count(.grow) : 0)
            store?.close()
            do {
                try check(disk, made.folder, promises, "\(operation) \(skipping)")
            } catch let damage as FaultyStore.Damage {
                if !allowsDamage { throw damage }
            }
            if done <= skipping { return }
        }
        Issue.record("the schedule does not end")
    }

    private func run(_ store: FaultyStore, _ promises: Promises) {
        for round in 0..<3 {
            let events = (0..<3).map { store.event(round * 10 + $0, bytes: $0 * 9000) }
            let claims = (try? store.claims()) ?? []
            let finishes = claims.prefix(2).map(store.delivered)
            let (verdicts, receipt) = store.group(events, finishes)
            for (event, verdict) in zip(events, verdicts) {
                if case .stored(let id) = verdict { promises.stored[id.sequence] = event.body }
            }
            if case .recorded(let changed)? = receipt {
                for (finish, isChanged) in zip(finishes, changed) where isChanged {
                    promises.finished.insert(finish.claim.id.sequence)
                }
            }
            if round == 1 {
                try? store.writer.prepare { _ = try? $0.connection.checkpoint(.passive) }
            }
        }
    }

    private func check(
        _ disk: FaultyFileSystem, _ folder: TemporaryFolder, _ promises: Promises, _ place: String
    ) throws {
        disk.forgetFailures()
        disk.cutPower()
        let store = try FaultyStore(disk: disk, folder: folder)
        defer { store.close() }
        let contents = try store.contents()
        for (sequence, body) in promises.stored {
            #expect(contents.events[sequence]?.body == body, "\(place): \(sequence)")
        }
        for sequence in contents.events.keys {
            let count = contents.deliveries.keys.count { $0.sequence == sequence }
            #expect(count == 1, "\(place): half an event")
        }
        for (key, state) in contents.deliveries where promises.finished.contains(key.sequence) {
            guard case .delivered = state else {
                Issue.record("\(place): a recorded finish is undone")
                return
            }
        }
    }
}
