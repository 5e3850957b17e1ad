import Dispatch
import HTTPClient
import Platform
package import RelayCore
package import RelayDelivery
import RelayRuntime
package import RelayStore

/// A real store with a real scheduler on a scripted sender and a clock that the test moves.
package final class TestDelivery: Sendable {
    package let store: TestStore
    package let sender = ScriptedSender()
    package let scheduler: Scheduler
    package let route: Route
    package let plans: [DestinationPlan]
    /// The log, line by line.
    package let said = Mailbox<String>()

    package struct Setup: Sendable {
        package var retry = RetryPolicy(firstMs: 1000, factor: 1, capMs: 1000)
        package var window = 8
        package var packing: Packing?
        package var blocks = false
        package var ratePerSecond = 0.0
        package var destinations = ["platform"]

        package init() {}
    }

    package init(_ setup: Setup = Setup(), store given: TestStore? = nil) throws {
        let store = try given ?? TestStore()
        self.store = store
        let route = try store.route(destinations: setup.destinations, dedupWindowMs: 0)
        self.route = route
        let names = Names(
            sources: [route.source: "chatlio"], hooks: [route.hook: "unanswered"])
        let letterbox = Letterbox(
            policy: ClientPolicy(allowPlainHTTP: true), timeoutMs: 1000, connectTimeoutMs: 1000)
        let sender = sender
        let said = said
        let plans = zip(setup.destinations, route.destinations).map { name, number in
            let inlet = PlatformInlet(
                inletURL: "http://\(name).example/collection/abc", flowID: "flow", stamp: false,
                batch: setup.packing.map {
                    BatchLimits(maxMessages: $0.maxMessages, maxBytes: $0.maxBytes)
                })
            return DestinationPlan(
                name: name, number: number, retry: setup.retry,
                gate: .init(
                    initialWindow: setup.window, maxWindow: setup.window,
                    ratePerSecond: setup.ratePerSecond),
                courier: PlatformCourier(
                    inlet: inlet, packing: setup.packing, access: OpenAccess(inlet: inlet),
                    names: names, letterbox: letterbox, sender: sender, clock: store.clock),
                blockingSources: setup.blocks ? [route.source] : [])
        }
        self.plans = plans
        scheduler = Scheduler(
            plans: plans, writer: store.writer, reader: try ClaimReader(file: store.file),
            clock: store.clock, random: SeededRandom(seed: 5),
            log: Log(level: .debug, format: .text, clock: store.clock) { line in
                said.put(String(decoding: line, as: UTF8.self))
            }, drainMs: 5000)
        store.writer.setHandOver(scheduler)
    }

    package func start() throws { try scheduler.start() }

    /// Stores an event and returns its id.
    @discardableResult
    package func accept(_ number: Int, lane: String? = nil) -> EventID {
        let event = Fixtures.event(
            route: route, at: store.clock.now, body: Fixtures.body(number), lane: lane)
        guard case .stored(let id) = store.accept(event) else {
            preconditionFailure("the store takes everything here")
        }
        awaitHandOver()
        return id
    }

    /// Stores many events together, of this or another route of the same store.
    package func accept(_ numbers: Range<Int>, route other: Route? = nil) {
        let waiters = numbers.map { number in
            let waiter = WaitingForAcceptance()
            store.writer.submit(
                Fixtures.event(
                    route: other ?? route, at: store.clock.now, body: Fixtures.body(number)),
                waiter: waiter)
            return waiter
        }
        for waiter in waiters { _ = waiter.verdict.take() }
        awaitHandOver()
    }

    /// The writer answers those who wait first and then hands what was stored to the scheduler.
    private func awaitHandOver() { store.writer.queue.sync {} }

    /// Moves time and lets the scheduler look.
    package func advance(ms: Int64) {
        store.clock.advance(ms: ms)
        scheduler.wake()
    }

    /// Waits for a line of the log that holds `words`.
    package func waitUntilSaid(_ words: String) {
        while !said.take().contains(words) {}
    }

    /// Everything that was on its way through the scheduler and the writer has arrived.
    package func settle() {
        for _ in 0..<6 {
            scheduler.queue.sync {}
            store.writer.queue.sync {}
        }
    }

    deinit { sender.forget() }

    package func stop() {
        let stopped = Mailbox<Bool>()
        scheduler.stop { stopped.put(true) }
        _ = stopped.take()
    }
}
