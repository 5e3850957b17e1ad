import HTTPServer
import RelayCore
import RelayStore

/// A request whose event is on its way to the disk.
final class PendingAnswer: AcceptWaiter {
    private let exchange: Exchange
    private let endpoint: Endpoint

    init(exchange: Exchange, endpoint: Endpoint) {
        self.exchange = exchange
        self.endpoint = endpoint
    }

    func finished(_ acceptance: Acceptance) {
        endpoint.counters.count(acceptance)
        switch acceptance {
        case .stored(let id):
            exchange.answer(PendingAnswer.stored(id, closing: "\"}\n"))
        case .duplicate(let id):
            exchange.answer(PendingAnswer.stored(id, closing: "\",\"duplicate\":true}\n"))
        case .refused(let refusal):
            exchange.answer(
                Problem.unavailable(refusal, retryAfterSeconds: Problem.retryAfterSeconds()))
        }
    }

    private static let headers = [("Content-Type", "application/json")]

    private static func stored(_ id: EventID, closing: StaticString) -> ServerResponse {
        var body = Array("{\"id\":\"".utf8)
        body += id.utf8
        body += closing.description.utf8
        return ServerResponse(status: 200, headers: headers, body: body)
    }
}
