import Dispatch
import HTTPServer
import RelayCore
import RelayRuntime
import RelayStore
import Signing
import Synchronization

/// The admin listener. It starts before intake and stops after it, so that it says so while the
/// relay drains.
final class AdminService: Service {
    let name = "admin"
    private let handler: AdminHandler
    let sockets: [ListenSocket]
    private let server = Mutex<Server?>(nil)
    /// For an answer that is being made, ms.
    private static let graceMs = 1000

    /// Opens the socket, or takes those that were handed over for it; what comes waits there until
    /// the start.
    init(
        _ settings: AdminSettings, handedOver descriptors: [Int32], health: HealthReport,
        metrics: RelayMetrics, log: Log
    ) throws {
        handler = AdminHandler(
            token: settings.token, health: health,
            desk: AdminDesk(file: health.writer.file, clock: metrics.clock, log: log),
            metrics: { metrics.families() })
        do {
            sockets = try Relay.listen(settings.listen, handedOver: descriptors)
        } catch WiringError.noSocketHandedOver {
            throw WiringError.noAdminSocket
        }
    }

    /// For people.
    var place: String { sockets.place }

    func replace(token: Secret?) { handler.replace(token: token) }

    func start() throws {
        let new = try Server(listen: sockets, options: AdminService.options, handler: handler)
        server.withLock { $0 = new }
    }

    func stop(completion: @escaping @Sendable () -> Void) {
        guard let server = server.withLock({ $0 }) else { return completion() }
        DispatchQueue.global().async {
            server.stop(graceMs: AdminService.graceMs)
            completion()
        }
    }

    /// A thread of its own: intake may be as busy as it likes.
    private static var options: ServerOptions {
        var options = ServerOptions()
        options.threads = 1
        options.maxConnections = Limits.adminConnections
        options.maxConnectionsPerAddress = Limits.adminConnections
        options.maxHeaderBytes = Limits.headBytes
        options.idleTimeoutMs = Limits.idleTimeoutMs
        return options
    }
}
