import Dispatch
import HTTPServer
import RelayIntake
import RelayRuntime
import Synchronization

/// The listener and the handler behind it.
final class IntakeService: Service {
    let name = "intake"
    private let handler: any RequestHandler
    private let sockets: [ListenSocket]
    private let options: ServerOptions
    private let server = Mutex<Server?>(nil)
    private let isStopping = Atomic(false)
    /// For requests whose events are on their way to the disk, ms.
    private static let graceMs = 10_000

    init(handler: any RequestHandler, sockets: [ListenSocket], options: ServerOptions) {
        self.handler = handler
        self.sockets = sockets
        self.options = options
    }

    func start() throws {
        let new = try Server(listen: sockets, options: options, handler: handler)
        server.withLock { $0 = new }
    }

    /// New options for new connections; those that exist go on.
    func replace(_ options: ServerOptions) throws {
        try server.withLock { $0 }?.replaceOptions(options)
    }

    var counters: ServerCounters? { server.withLock { $0 }?.counters }

    /// Requests and connections that were turned away before a handler saw them.
    var refusals: [(outcome: String, count: Int64)] {
        let counters = counters
        let counts: [(String, Int?)] = [
            ("header_timeout", counters?.headerTimeouts), ("body_timeout", counters?.bodyTimeouts),
            ("body_too_slow", counters?.bodiesTooSlow), ("malformed", counters?.malformed),
            ("body_memory", counters?.bodiesOverBudget),
            ("connection_limit", counters?.refusedTotalLimit),
            ("address_limit", counters?.refusedAddressLimit),
            ("accept_failure", counters?.acceptFailures),
        ]
        return counts.map { (outcome: $0, count: Int64($1 ?? 0)) }
    }

    var connectionCount: Int { server.withLock { $0 }?.connectionCount ?? 0 }

    /// Why no new connection comes in; nil while they are taken.
    var obstacle: String? {
        // Before the start and after the stop.
        guard !isStopping.load(ordering: .relaxed), server.withLock({ $0 != nil }) else {
            return "Intake does not listen."
        }
        guard let path = sockets.lostPaths.first else { return nil }
        return "The socket of intake, \(path), was removed or replaced; start the relay anew."
    }

    /// Calls back when what reads requests has come round to it; at once while nothing does.
    func probe(_ answered: @escaping @Sendable () -> Void) {
        guard let server = server.withLock({ $0 }) else { return answered() }
        server.probe(answered)
    }

    func stop(completion: @escaping @Sendable () -> Void) {
        isStopping.store(true, ordering: .relaxed)
        guard let server = server.withLock({ $0 }) else { return completion() }
        server.stopAccepting()
        DispatchQueue.global().async {
            server.stop(graceMs: IntakeService.graceMs)
            completion()
        }
    }
}
