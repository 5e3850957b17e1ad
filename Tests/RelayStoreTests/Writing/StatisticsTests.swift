import Dispatch
import RelayCore
import RelayStore
import RelayTesting
import Testing

@Suite struct StatisticsTests {
    @Test func `each commit counts its rows and its times once`() throws {
        let store = try TestStore()
        let route = try store.route()
        let gate = DispatchSemaphore(value: 0)
        store.writer.queue.async { gate.wait() }
        let waiters = (0..<3).map { number in
            let waiter = WaitingForAcceptance()
            store.writer.submit(
                Fixtures.event(route: route, body: Fixtures.body(number)), waiter: waiter)
            return waiter
        }
        gate.signal()
        for waiter in waiters { _ = waiter.verdict.take() }
        let claims = try store.claims(route.destinations[0])
        _ = store.finish(
            claims.prefix(2).map {
                Finish(claim: $0, result: .delivered, attempt: Fixtures.attempt())
            })
        let counts = store.writer.counts
        #expect(counts.groups == 2 && counts.accepts == 3)
        #expect(counts.groupRows.total == 2 && counts.groupRows.sum == 5)
        #expect(counts.commitTimes.total == 2 && counts.syncTimes.total == 2)
        #expect(counts.syncTimes.sum <= counts.commitTimes.sum)
    }
}
