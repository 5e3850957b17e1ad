import HTTPClient
import Platform
import PlatformSimulator
import RelayCore
import RelayDelivery
import RelayRuntime
import RelayStore
import RelayTesting
import Signing
import Testing

/// The relay's delivery as it is, from the store to the socket, on real clocks, with the simulator
/// at the other end. Quick where a production relay is patient.
final class DeliveryScene: Sendable {
    struct Setup: Sendable {
        var isAuthenticated = false
        /// Messages a request; 1 sends each alone.
        var batch = 1
        var batchBytes = 900_000
        var timeoutMs = 30_000
        var window = 4
        var settings = SimulatorSettings()
    }

    private struct Delivered: Sendable {
        let id: String
        let body: [UInt8]
    }

    let simulator: Simulator
    let scheduler: Scheduler
    private let server: SimulatorServer
    private let folder: TemporaryFolder
    private let file: StoreFile
    private let writer: GroupWriter
    private let pool = WorkerPool(workers: 2)
    private let route: Route
    private let clock = SystemClock()

    init(_ setup: Setup = Setup()) throws {
        simulator = Simulator(
            settings: setup.settings, clock: clock, requiresAuthentication: setup.isAuthenticated)
        let server = try SimulatorServer.start(simulator)
        self.server = server
        folder = try TemporaryFolder()
        file = StoreFile(directory: folder.path)
        let writer = try GroupWriter(file: file, clock: clock, reserveBytes: 0) { failure in
            Issue.record("the store failed: \(failure)")
        }
        self.writer = writer
        let route = try DeliveryScene.route(writer)
        self.route = route
        let courier = DeliveryScene.courier(
            setup, server: server, pool: pool, route: route, clock: clock)
        let plan = DestinationPlan(
            name: "platform", number: route.destinations[0],
            retry: RetryPolicy(firstMs: 5, factor: 2, capMs: 40),
            gate: .init(initialWindow: setup.window, maxWindow: setup.window, ratePerSecond: 0),
            courier: courier)
        scheduler = Scheduler(
            plans: [plan], writer: writer, reader: try ClaimReader(file: file), clock: clock,
            random: SeededRandom(seed: 7),
            log: Log(level: .error, format: .text, clock: clock) { _ in }, drainMs: 5000)
        writer.setHandOver(scheduler)
    }

    private static func route(_ writer: GroupWriter) throws -> Route {
        try writer.prepare { ledger in
            Route(
                source: try ledger.number(of: "chatlio", kind: .source),
                hook: try ledger.number(of: "unanswered", kind: .hook),
                destinations: [try ledger.number(of: "platform", kind: .destination)],
                dedupWindowMs: 0)
        }
    }

    private static func courier(
        _ setup: Setup, server: SimulatorServer, pool: WorkerPool, route: Route,
        clock: SystemClock
    ) -> PlatformCourier {
        let isBatched = setup.batch > 1
        let inlet = PlatformInlet(
            inletURL: server.inletURL(), flowID: BuiltIn.flowID,
            batch: isBatched
                ? BatchLimits(maxMessages: setup.batch, maxBytes: setup.batchBytes) : nil)
        let letterbox = Letterbox(
            policy: ClientPolicy(allowPlainHTTP: true), timeoutMs: setup.timeoutMs,
            connectTimeoutMs: 30_000)
        let access: any PlatformAccess =
            setup.isAuthenticated
            ? TokenAccess(
                inlet: inlet, clientID: BuiltIn.clientID,
                clientSecrets: [Secret(text: BuiltIn.clientSecret)], scopes: ["openid"],
                tokenURL: server.tokenURL, letterbox: letterbox, sender: pool, clock: clock,
                random: SeededRandom(seed: 7))
            : OpenAccess(inlet: inlet)
        return PlatformCourier(
            inlet: inlet,
            packing: isBatched
                ? Packing(
                    maxMessages: setup.batch, maxBytes: setup.batchBytes, overheadBytes: 200,
                    lingerMs: 0) : nil,
            access: access,
            names: Names(
                sources: [route.source: "chatlio"], hooks: [route.hook: "unanswered"]),
            letterbox: letterbox, sender: pool, clock: clock)
    }

    deinit { server.stop(graceMs: 0) }

    // MARK: Driving

    func start() throws { try scheduler.start() }

    /// Stores events numbered from `first`; what each says is in its body. Returns their ids.
    @discardableResult
    func accept(_ count: Int, from first: Int = 0) -> [String: Int] {
        let waiters = (first..<first + count).map { number in
            let waiter = WaitingForAcceptance()
            writer.submit(
                Fixtures.event(route: route, at: clock.now, body: Fixtures.body(number)),
                waiter: waiter)
            return (number, waiter)
        }
        var numbers: [String: Int] = [:]
        for (number, waiter) in waiters {
            guard case .stored(let id) = waiter.verdict.take() else {
                preconditionFailure("the store takes everything here")
            }
            numbers["\(id)"] = number
        }
        return numbers
    }

    /// Waits until the simulator has counted so many.
    func wait(
        _ counter: any KeyPath<SimulatorCounters, Int> & Sendable, _ least: Int
    ) {
        let reached = Mailbox<Bool>()
        simulator.when(Goal(counter, least: least)) { _ in reached.put(true) }
        _ = reached.take()
    }

    /// The faults are over: everything must arrive and be accounted for.
    func expectEverything(_ numbers: [String: Int]) throws {
        simulator.clearFaults()
        try eventually("an empty queue") { try account().queued == 0 }
        stop()
        let books = try account()
        #expect(books.isBalanced)
        #expect(books.accepted == numbers.count)
        #expect(books.delivered == numbers.count)
        #expect(books.dead == 0)
        var seen: Set<String> = []
        for record in simulator.landed() {
            let id = try #require(record.messageID)
            let number = try #require(numbers[id], "an id nobody gave")
            seen.insert(id)
            let body = try JSONValue.parse(try #require(record.body))
            #expect(body["message"] == "number \(number)", "and the same under the same id")
        }
        #expect(seen.count == numbers.count, "nothing is missing in the lake")
        #expect(simulator.counters.profile == numbers.count)
        #expect(simulator.counters.lake == numbers.count + simulator.counters.duplicates)
    }

    func account() throws -> Account { try Account(file) }

    private func stop() {
        let stopped = Mailbox<Bool>()
        scheduler.stop { stopped.put(true) }
        _ = stopped.take()
        pool.close { stopped.put(true) }
        _ = stopped.take()
        writer.close { stopped.put(true) }
        _ = stopped.take()
    }
}
