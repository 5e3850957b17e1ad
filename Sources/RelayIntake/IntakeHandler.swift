package import HTTPServer
package import RelayCore
package import RelayStore
import Synchronization

/// Serves the hooks. Runs on the server's network threads and never blocks them.
package final class IntakeHandler: RequestHandler {
    private let table: Mutex<EndpointTable>
    let writer: GroupWriter
    let clock: any Clock
    package let counters: IntakeCounters

    package init(
        table: EndpointTable, writer: GroupWriter, clock: any Clock,
        counters: IntakeCounters = IntakeCounters()
    ) {
        self.counters = counters
        self.table = Mutex(table)
        self.writer = writer
        self.clock = clock
    }

    /// A new configuration: requests under way end under the old one.
    package func replace(_ new: EndpointTable) {
        table.withLock { $0 = new }
    }

    package func admit(_ head: RequestHead) -> Admission {
        let table = table.withLock { $0 }
        guard let door = table.door(at: head.path) else {
            return refuse(Problem.notFound, .notFound)
        }
        guard head.method == "POST" else {
            return refuse(door.methodNotAllowed, .methodNotAllowed)
        }
        if let query = head.query, query.utf8.count > Limits.queryBytes {
            return refuse(door.queryTooLong, .queryTooLong)
        }
        func collect(_ visit: Visit) -> Admission {
            .collect(bodyLimitBytes: table.maxBodyBytes, context: visit)
        }
        switch door {
        case .hook(_, nil): return collect(Visit(door))
        case .hook(_, let verifier?):
            switch verifier.judge(head, at: clock.now) {
            case .refused:
                return refuse(
                    Problem.unauthorized(challenge: verifier.challenge), .unauthorized)
            case .proven: return collect(Visit(door))
            case .claimed(let claim): return collect(Visit(door, claim: claim))
            }
        case .inlet(_, let inlet), .inletBatch(_, let inlet):
            return inlet.judgeFlow(head) == .refused
                ? refuse(InletAnswer.flowRefused(inlet), .unknownFlow) : collect(Visit(door))
        }
    }

    package func bodyTooLarge(_ head: RequestHead) -> ServerResponse {
        counters.countRefused(.tooLarge)
        return table.withLock { $0 }.door(at: head.path)?.tooLarge ?? Problem.tooLarge
    }

    /// Counted by the server.
    package func bodyOverBudget(_ head: RequestHead) -> ServerResponse {
        table.withLock { $0 }.door(at: head.path)?.overBudget()
            ?? Problem.overBudget(retryAfterSeconds: Problem.retryAfterSeconds())
    }

    package func respond(to request: ServerRequest, exchange: Exchange) {
        guard let visit = request.context as? Visit else {
            preconditionFailure("a request comes with what its admission left")
        }
        switch visit.door {
        case .hook(let endpoint, let verifier):
            take(request, visit.claim, verifier, endpoint, exchange)
        case .inlet(let endpoint, let inlet):
            takeMessage(request, at: inlet, endpoint, exchange)
        case .inletBatch(let endpoint, let inlet):
            takeBatch(request, at: inlet, endpoint, exchange)
        }
    }

    private func take(
        _ request: ServerRequest, _ claim: SignatureClaim?, _ verifier: RequestVerifier?,
        _ endpoint: Endpoint, _ exchange: Exchange
    ) {
        var deliveryID: String?
        if let claim {
            guard let sender = claim.verify(request.body) else {
                counters.countRefused(.unauthorized)
                return exchange.answer(Problem.unauthorized(challenge: verifier?.challenge))
            }
            if claim.scheme.answersChallenge, let answer = SlackChallenge.answer(to: request.body) {
                endpoint.counters.countChallenge()
                return exchange.answer(answer)
            }
            deliveryID = sender.deliveryID
        }
        let receipt = Receipt(request.head, endpoint: endpoint, at: clock.now)
        writer.submit(
            receipt.event(request.body, deliveryID: deliveryID),
            waiter: PendingAnswer(exchange: exchange, endpoint: endpoint))
    }

    private func refuse(_ response: ServerResponse, _ reason: IntakeRefusal) -> Admission {
        counters.countRefused(reason)
        return .answer(response)
    }
}
