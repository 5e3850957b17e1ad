import HTTPServer
import RelayCore
import RelayStore

/// One message of a drop-in inlet on its way to the disk.
final class PendingInletAnswer: AcceptWaiter {
    private let exchange: Exchange
    private let endpoint: Endpoint
    private let inlet: Inlet
    private let receivedAt: Timestamp

    init(exchange: Exchange, receipt: Receipt, inlet: Inlet) {
        self.exchange = exchange
        self.inlet = inlet
        endpoint = receipt.endpoint
        receivedAt = receipt.receivedAt
    }

    func finished(_ acceptance: Acceptance) {
        endpoint.counters.count(acceptance)
        switch acceptance {
        case .stored(let id), .duplicate(let id):
            exchange.answer(InletAnswer.taken(id, by: inlet, at: receivedAt))
        case .refused(let refusal):
            exchange.answer(
                InletAnswer.unavailable(
                    refusal, retryAfterSeconds: Problem.retryAfterSeconds()))
        }
    }
}
