package import HTTPClient
package import RelayDelivery
import Synchronization

/// A sender whose answers the test writes: it takes each request when it comes, looks at it, and
/// answers when it likes.
package final class ScriptedSender: Sending {
    package final class Sent: Sendable {
        package let request: ClientRequest
        private let completion: @Sendable (Result<ClientResponse, ClientFailure>) -> Void

        init(
            _ request: ClientRequest,
            _ completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
        ) {
            self.request = request
            self.completion = completion
        }

        package var text: String { String(decoding: request.body, as: UTF8.self) }

        package func answer(
            _ status: Int, _ body: String = "", headers: [(name: String, value: String)] = []
        ) {
            completion(
                .success(
                    ClientResponse(
                        status: status, headers: ResponseHeaders(headers), body: Array(body.utf8))))
        }

        package func fail(_ kind: ClientFailure.Kind, requestMayHaveArrived: Bool = false) {
            completion(
                .failure(
                    ClientFailure(
                        kind: kind, message: "scripted \(kind.rawValue)",
                        requestMayHaveArrived: requestMayHaveArrived)))
        }

        /// Platform's answer to one message.
        package func accept() { answer(200, #"{"xactionId":"1700000000000:7186:152"}"#) }
    }

    private let arrivals = Mailbox<Sent>()
    private let isForgotten = Atomic(false)

    package init() {}

    /// The next request, waiting for it.
    package func next() -> Sent { arrivals.take() }

    /// Requests that came and were not yet looked at.
    package var waiting: Int { arrivals.count }

    /// Who was never answered is held by what waits for the answer, and that by us. What comes
    /// later is never answered either.
    package func forget() {
        isForgotten.store(true, ordering: .releasing)
        while arrivals.count > 0 { _ = arrivals.take() }
    }

    package func send(
        _ request: OutgoingRequest,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) {
        guard !isForgotten.load(ordering: .acquiring) else { return }
        arrivals.put(Sent(request.request, completion))
    }

    package func cancelAll() {}
    package func close(completion: @escaping @Sendable () -> Void) { completion() }
}
