import RelayCore
import RelayStore
import RelayTesting
import SQLite
import Testing

/// The log is moved into the database beside the writer; what goes wrong there is no less a fault.
@Suite struct CheckpointFaultTests {
    @Test(arguments: [1, 2])
    func `a failed sync in the checkpoint stops the store and is not tried again`(
        skipping: Int
    ) throws {
        let store = try FaultyStore()
        // Events until the log is just below the length that calls for a checkpoint.
        var stored: [Int64] = []
        let log = Limits.logBytesSoft
        var number = 0
        while store.disk.bytes(of: store.file.logPath)?.count ?? 0 < log - 3_000_000 {
            number += 1
            guard case .stored(let id) = store.accept(store.event(number, bytes: 2_000_000)) else {
                Issue.record("must be stored")
                return
            }
            stored.append(id.sequence)
        }
        // The commit that crosses the line syncs the log; then the checkpoint syncs the log and,
        // when it has moved its pages, the database.
        store.disk.failNext(.sync, skipping: skipping)
        guard case .stored(let last) = store.accept(store.event(0, bytes: 4_000_000)) else {
            Issue.record("the commit itself is sound")
            return
        }
        stored.append(last.sequence)
        let failure = store.failures.take()
        #expect(failure.operation == "checkpoint")
        #expect(failure.reason?.isIOFailure == true)
        #expect(store.failures.count == 0, "told once")
        let syncs = store.disk.count(.sync)
        #expect(store.accept(store.event(0)) == .refused(.failed))
        #expect(store.disk.count(.sync) == syncs)
        let again = try store.restarted()
        let contents = try again.contents()
        #expect(stored.allSatisfy { contents.events[$0] != nil })
        again.close()
    }
}
