// HTTPClient: libcurl's multi interface driven by Dispatch sources.
//
// For: many outgoing HTTP(S) requests at once on one serial queue, with connections kept, HTTP/2
// where the server offers it, and proxies. The only module that knows curl.
//
// Promises: every completion is called exactly once, on the worker's queue, never inside `send` or
// `cancel`. Certificates are always verified. Redirects are never followed. Only http and https are
// spoken, http only where the policy allows it. Nothing is taken from the environment. Memory per
// answer is bounded by the policy, time by the request.
//
// Must never: retry by itself (but note that curl repeats a request on a fresh connection when a
// kept one turns out to have been closed before a single byte came back), log, poll, block the
// queue, or call curl from inside one of curl's callbacks.
//
// Fails: with `ClientFailure` values. It traps only when libcurl cannot be set up at all.
//
// Parts: `HTTPWorker` takes calls from any thread to the queue; `TransferEngine` (Engine) owns the
// multi handle, the sockets' sources and the timer; `Transfer` (Transfer) is one pooled easy handle
// with its request and its answer.

package import Dispatch
import Synchronization

package final class HTTPWorker: Sendable {
    package typealias Completion = @Sendable (Result<ClientResponse, ClientFailure>) -> Void

    package let queue: DispatchQueue
    private let engine: TransferEngine
    private let nextNumber = Atomic<UInt64>(1)
    /// Calls that wait for the queue, in order. A hop is under way whenever it is not empty.
    private let inbox = Mutex<[WorkerCall]>([])
    private let onQueue = DispatchSpecificKey<Bool>()

    /// A queue that is passed in has to be serial.
    package init(label: String, queue: DispatchQueue? = nil) {
        let queue = queue ?? DispatchQueue(label: label)
        self.queue = queue
        engine = TransferEngine(queue: queue)
        queue.setSpecific(key: onQueue, value: true)
    }

    /// A worker that is let go cancels what is left.
    deinit {
        queue.setSpecific(key: onQueue, value: nil)
        queue.async { [engine] in engine.close {} }
    }

    /// Sends that have not had their completion called.
    package var inFlight: Int { engine.inFlight.load(ordering: .relaxed) }

    /// From any thread. On the worker's own queue the transfer starts without another hop.
    @discardableResult
    package func send(
        _ request: ClientRequest, policy: ClientPolicy, completion: @escaping Completion
    ) -> TransferID {
        let number = nextNumber.wrappingAdd(1, ordering: .relaxed).oldValue
        let id = TransferID(number: number)
        engine.inFlight.wrappingAdd(1, ordering: .relaxed)
        let submission = Submission(
            id: id, request: request, policy: policy, completion: completion)
        perform(.send(submission))
        return id
    }

    /// The completion comes with `.cancelled`, unless its outcome was there already.
    package func cancel(_ id: TransferID) {
        perform(.cancel(id))
    }

    package func cancelAll() {
        perform(.cancelAll)
    }

    /// Cancels everything, closes every connection, then calls back on the queue. Later sends are
    /// answered with `.cancelled`.
    package func close(completion: @escaping @Sendable () -> Void = {}) {
        // Always a hop: the multi handle must not vanish under a completion that runs right now.
        queue.async {
            self.takeInbox()
            self.engine.close(completion)
        }
    }

    private func perform(_ call: WorkerCall) {
        if DispatchQueue.getSpecific(key: onQueue) == true {
            takeInbox()
            engine.take(call)
            return
        }
        let needsHop = inbox.withLock { calls in
            calls.append(call)
            return calls.count == 1
        }
        if needsHop {
            queue.async { self.engine.turn { self.takeInbox() } }
        }
    }

    private func takeInbox() {
        let calls = inbox.withLock { calls in
            let taken = calls
            calls.removeAll()
            return taken
        }
        for call in calls { engine.take(call) }
    }
}
