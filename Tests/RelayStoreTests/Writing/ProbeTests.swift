import Dispatch
import RelayCore
import RelayStore
import RelayTesting
import Testing

@Suite struct ProbeTests {
    /// Puts its word among the probes', in the order in which the writer tells them.
    private final class Waiter: AcceptWaiter {
        private let said: Mailbox<String>

        init(_ said: Mailbox<String>) { self.said = said }

        func finished(_ acceptance: Acceptance) { said.put("event") }
    }

    @Test func `a probe is answered when what came before it has been committed`() throws {
        let store = try TestStore()
        let route = try store.route()
        let said = Mailbox<String>()
        let gate = DispatchSemaphore(value: 0)
        store.writer.queue.async { gate.wait() }
        store.writer.submit(Fixtures.event(route: route), waiter: Waiter(said))
        store.writer.probe { said.put("probe") }
        #expect(said.count == 0)
        gate.signal()
        #expect([said.take(), said.take()] == ["event", "probe"])
        #expect(try store.claims(route.destinations[0]).count == 1)
    }

    @Test func `a closed store still answers, because its queue still moves`() throws {
        let store = try TestStore()
        store.close()
        let said = Mailbox<String>()
        store.writer.probe { said.put("probe") }
        #expect(said.take() == "probe")
    }
}
