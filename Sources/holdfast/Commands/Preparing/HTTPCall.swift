import Dispatch
import HTTPClient
import Synchronization

/// One request that a command waits for.
enum HTTPCall {
    static func perform(
        _ request: ClientRequest, policy: ClientPolicy
    ) -> Result<ClientResponse, ClientFailure> {
        let worker = HTTPWorker(label: "holdfast.command")
        let answered = DispatchSemaphore(value: 0)
        let answer = Answer()
        worker.send(request, policy: policy) { result in
            answer.result.withLock { $0 = result }
            answered.signal()
        }
        answered.wait()
        guard let result = answer.result.withLock({ $0 }) else {
            preconditionFailure("the client answered without an answer")
        }
        return result
    }

    private final class Answer: Sendable {
        let result = Mutex<Result<ClientResponse, ClientFailure>?>(nil)
    }
}
