package import HTTPServer
package import RelayCore
package import RelayStore
import Signing
import Synchronization

/// Serves the hooks. Runs on the server's network threads and never blocks them.
package final class IntakeHandler: RequestHandler {
    private let table: Mutex<EndpointTable>
    private let writer: GroupWriter
    private let clock: any Clock
    package let counters = IntakeCounters()

    package init(table: EndpointTable, writer: GroupWriter, clock: any Clock) {
        self.table = Mutex(table)
        self.writer = writer
        self.clock = clock
    }

    /// A new configuration: requests under way end under the old one.
    package func replace(_ new: EndpointTable) {
        table.withLock { $0 = new }
    }

    package func admit(_ head: RequestHead) -> Admission {
        guard let path = HookPath(head.path) else { return refuse(Problem.notFound, "not_found") }
        guard head.method == "POST" else {
            return refuse(Problem.methodNotAllowed, "method_not_allowed")
        }
        let table = table.withLock { $0 }
        guard table.endpoint(for: path) != nil else { return refuse(Problem.notFound, "not_found") }
        if let query = head.query, query.utf8.count > Limits.queryBytes {
            return refuse(Problem.queryTooLong, "query_too_long")
        }
        return .collect(bodyLimitBytes: table.maxBodyBytes)
    }

    package func bodyTooLarge(_ head: RequestHead) -> ServerResponse {
        counters.countRefused("too_large")
        return Problem.tooLarge
    }

    package func respond(to request: ServerRequest, exchange: Exchange) {
        let table = table.withLock { $0 }
        guard let path = HookPath(request.head.path), let endpoint = table.endpoint(for: path)
        else {
            // The endpoint was closed by a new configuration while the body came in.
            counters.countRefused("not_found")
            exchange.answer(Problem.notFound)
            return
        }
        let scan = JSONScanner.scan(
            request.body, extracting: endpoint.lane, depthLimit: Limits.jsonDepth)
        var isParsable = false
        if case .valid = scan.verdict { isParsable = true }
        let event = NewEvent(
            route: endpoint.route, receivedAt: clock.now,
            remoteAddress: request.head.remoteAddress, query: request.head.query,
            headers: ReceiptHeaders.encode(request.head), body: request.body,
            sha256: SHA256.digest(request.body).bytes,
            lane: scan.extracted.flatMap { $0.utf8.count <= Limits.laneBytes ? $0 : nil },
            isParsable: isParsable)
        writer.submit(
            event,
            waiter: PendingAnswer(exchange: exchange, endpoint: endpoint, counters: counters))
    }

    private func refuse(_ response: ServerResponse, _ reason: String) -> Admission {
        counters.countRefused(reason)
        return .answer(response)
    }
}
