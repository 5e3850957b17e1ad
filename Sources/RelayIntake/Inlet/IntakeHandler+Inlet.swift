import HTTPServer
import RelayCore
import RelayStore

/// Serves Platform's own addresses.
extension IntakeHandler {
    func takeMessage(
        _ request: ServerRequest, at inlet: Inlet, _ endpoint: Endpoint, _ exchange: Exchange
    ) {
        if inlet.judgeFlow(request.head) == .askBody, !inlet.takes(message: request.body) {
            counters.countRefused(.unknownFlow)
            return exchange.answer(InletAnswer.flowRefused(inlet))
        }
        let receipt = Receipt(request.head, endpoint: endpoint, at: clock.now)
        writer.submit(
            receipt.event(request.body),
            waiter: PendingInletAnswer(
                exchange: exchange, receipt: receipt, inlet: inlet))
    }

    func takeBatch(
        _ request: ServerRequest, at inlet: Inlet, _ endpoint: Endpoint, _ exchange: Exchange
    ) {
        func refuse(_ response: ServerResponse, _ reason: IntakeRefusal) {
            counters.countRefused(reason)
            exchange.answer(response)
        }
        switch InletBatch.messages(in: request.body) {
        case .failure(.malformed(let reason)):
            refuse(InletAnswer.malformed(inlet, reason), .malformedBatch)
        case .failure(.tooMany):
            refuse(InletAnswer.tooMany, .tooLarge)
        case .success(let messages):
            let asksBody = inlet.judgeFlow(request.head) == .askBody
            let taken = messages.map { !asksBody || inlet.takes(message: $0) }
            submit(messages, taken: taken, request.head, at: inlet, endpoint, exchange)
        }
    }

    private func submit(
        _ messages: [[UInt8]], taken: [Bool], _ head: RequestHead, at inlet: Inlet,
        _ endpoint: Endpoint, _ exchange: Exchange
    ) {
        let receipt = Receipt(head, endpoint: endpoint, at: clock.now)
        let pending = PendingBatchAnswer(
            exchange: exchange, receipt: receipt, inlet: inlet, taken: taken)
        for (index, message) in messages.enumerated() where taken[index] {
            writer.submit(receipt.event(message), waiter: pending.waiter(index: index))
        }
        pending.answerIfNothingWaits()
    }
}
