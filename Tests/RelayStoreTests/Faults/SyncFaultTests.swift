import Dispatch
import RelayCore
import RelayStore
import RelayTesting
import SQLite
import Testing

@Suite struct SyncFaultTests {
    @Test(arguments: [FaultyFileSystem.Operation.sync, .write])
    func `a failed write or sync of the log refuses the whole group and stops the store`(
        operation: FaultyFileSystem.Operation
    ) throws {
        let store = try FaultyStore()
        guard case .stored(let first) = store.accept(store.event(1)) else { return }
        let claim = try store.claims()[0]
        store.disk.failNext(operation)
        let (verdicts, receipt) = store.group(
            (2...5).map { store.event($0) }, [store.delivered(claim)])
        #expect(verdicts == Array(repeating: .refused(.failed), count: 4))
        guard case .notRecorded = receipt else {
            Issue.record("a finish that was not synced is not recorded")
            return
        }
        #expect(store.accept(store.event(6)) == .refused(.failed), "and so is what comes later")
        _ = store.group([], [store.delivered(claim)])
        let failure = store.failures.take()
        #expect(failure.reason?.isIOFailure == true)
        #expect(store.failures.count == 0, "told once")

        let syncs = store.disk.count(.sync)
        #expect(store.accept(store.event(7)) == .refused(.failed))
        #expect(store.disk.count(.sync) == syncs, "the sync is not tried again")

        let again = try store.restarted()
        #expect(try again.contents().events[first.sequence]?.body == Fixtures.body(1))
        guard case .stored = again.accept(again.event(8)) else {
            Issue.record("after the restart it must take events")
            return
        }
        again.close()
    }

    @Test func `a change in the same group is not made after the fault`() throws {
        let store = try FaultyStore()
        let destination = store.route.destinations[0]
        let gate = DispatchSemaphore(value: 0)
        store.writer.queue.async { gate.wait() }
        let waiter = WaitingForAcceptance()
        store.writer.submit(store.event(1), waiter: waiter)
        let errors = Mailbox<(any Error)?>()
        store.writer.perform {
            try $0.hold(destination, at: ManualClock.start, until: nil, reason: "busy")
        } completion: {
            errors.put($0)
        }
        store.disk.failNext(.sync)
        gate.signal()
        #expect(waiter.verdict.take() == .refused(.failed))
        #expect(errors.take() is StoreFailure)
        let again = try store.restarted(.everything)
        #expect(try again.contents().holds.isEmpty)
        again.close()
    }

    @Test func `a second sync that succeeds proves nothing, so the failed group may be gone`()
        throws
    {
        var wasLost = false
        for seed in UInt64(1)...20 {
            let store = try FaultyStore(seed: seed)
            _ = store.accept(store.event(1))
            store.disk.failNext(.sync)
            #expect(store.accept(store.event(2)) == .refused(.failed))
            let again = try store.restarted()
            let events = try again.contents().events
            #expect(events.values.contains { $0.body == Fixtures.body(1) })
            if events.count == 1 { wasLost = true }
            again.close()
        }
        #expect(wasLost)
    }

    @Test func `nothing is acknowledged before the sync of the log that holds it`() throws {
        let store = try FaultyStore()
        store.disk.keepJournal()
        let log = store.disk.fileNumber(of: store.file.logPath)
        for number in 1...5 {
            let waiter = Marking(disk: store.disk, number: number)
            store.writer.submit(store.event(number), waiter: waiter)
            _ = waiter.verdict.take()
        }
        var unsynced = false
        var marks = 0
        for entry in store.disk.journal {
            switch entry {
            case .operation(.write, log, _), .operation(.grow, log, _): unsynced = true
            case .operation(.sync, log, true): unsynced = false
            case .mark:
                marks += 1
                #expect(!unsynced)
            default: break
            }
        }
        #expect(marks == 5)
        store.close()
    }

    private final class Marking: AcceptWaiter {
        private let disk: FaultyFileSystem
        private let number: Int
        let verdict = Mailbox<Acceptance>()

        init(disk: FaultyFileSystem, number: Int) {
            self.disk = disk
            self.number = number
        }

        func finished(_ acceptance: Acceptance) {
            disk.mark(number)
            verdict.put(acceptance)
        }
    }
}
