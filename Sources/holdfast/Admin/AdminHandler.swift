import HTTPServer
import RelayCore
import RelayIntake
import RelayRuntime
import RelayStore
import Signing
import Synchronization

/// Serves the admin listener: whether the relay moves and takes events, what it measures, and the
/// questions and holds of an operator who has the token.
///
/// Nothing waits on the network thread. Health is answered there, from memory, so that it is
/// answered also when disk and queues are not; everything else runs on one of two queues of its
/// own, with store connections that live as long as one question.
final class AdminHandler: RequestHandler {
    /// A route that has been admitted.
    private final class Visit: Sendable {
        let route: AdminRoute

        init(_ route: AdminRoute) { self.route = route }
    }

    private let check: Mutex<CredentialCheck?>
    private let health: HealthReport
    private let metrics: @Sendable () -> [MetricFamily]
    private let desk: AdminDesk
    /// For what is asked every few seconds by machines, and for what operators ask, which may take
    /// long: neither waits for the other.
    private let watching = AdminQueue("watching")
    private let asking = AdminQueue("asking")

    init(
        token: Secret?, health: HealthReport, desk: AdminDesk,
        metrics: @escaping @Sendable () -> [MetricFamily]
    ) {
        check = Mutex(AdminHandler.check(of: token))
        self.health = health
        self.desk = desk
        self.metrics = metrics
    }

    /// A new configuration's token; nil closes what needs one.
    func replace(token: Secret?) {
        check.withLock { $0 = AdminHandler.check(of: token) }
    }

    private static func check(of token: Secret?) -> CredentialCheck? {
        token.flatMap { CredentialCheck(tokens: [$0]) }
    }

    func admit(_ head: RequestHead) -> Admission {
        let route = AdminRoute(path: head.path)
        // Whoever has no token does not learn which pages there are.
        if route?.isOpen != true {
            guard let check = check.withLock({ $0 }) else { return .answer(AdminAnswer.noToken) }
            guard check.accepts(head) else {
                return .answer(AdminAnswer.unauthorized(challenge: check.challenge))
            }
        }
        guard let route else { return .answer(AdminAnswer.notFound) }
        guard route.methods.contains(head.method) else {
            return .answer(AdminAnswer.methodNotAllowed(route))
        }
        return .collect(bodyLimitBytes: Limits.adminBodyBytes, context: Visit(route))
    }

    func bodyTooLarge(_ head: RequestHead) -> ServerResponse { AdminAnswer.tooLarge }

    func respond(to request: ServerRequest, exchange: Exchange) {
        guard let visit = request.context as? Visit else {
            preconditionFailure("a request comes with what its admission left")
        }
        let query = request.head.query
        switch visit.route {
        case .health:
            exchange.answer(AdminAnswer.verdict("healthy", reasons: health.standstills))
        case .readiness:
            answer(exchange, on: watching) { [health] in
                AdminAnswer.verdict("ready", reasons: health.obstacles)
            }
        case .metrics:
            answer(exchange, on: watching) { [metrics] in AdminAnswer.metrics(metrics()) }
        default:
            answer(exchange, on: asking) { [desk] in desk.answer(visit.route, query: query) }
        }
    }

    private func answer(
        _ exchange: Exchange, on queue: AdminQueue,
        _ make: @escaping @Sendable () -> ServerResponse
    ) {
        if !queue.run({ exchange.answer(make()) }) { exchange.answer(AdminAnswer.busy) }
    }
}
