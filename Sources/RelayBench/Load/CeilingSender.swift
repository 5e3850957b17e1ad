import Dispatch
import HTTPClient
import RelayDelivery
import Synchronization

/// The relay's own HTTP client without the relay: ready bodies, one window, no store.
final class CeilingSender: Sendable {
    private let pool = WorkerPool(workers: 2)
    private let request: OutgoingRequest
    private let ended = DispatchGroup()
    private let mustStop = Atomic<Bool>(false)

    /// - Parameter batch: messages in one request; nil: one message, sent to the inlet itself.
    init(port: Int, bodyBytes: Int, batch: Int?) {
        let path = batch == nil ? "/collection/bench" : "/collection/batch/bench"
        var policy = ClientPolicy()
        policy.allowPlainHTTP = true
        policy.maxConnections = 64
        policy.maxConnectionsPerHost = 64
        request = OutgoingRequest(
            request: ClientRequest(
                url: "http://127.0.0.1:\(port)\(path)", headers: ["Content-Type: application/json"],
                body: CeilingSender.body(bytes: bodyBytes, batch: batch), timeoutMs: 30_000,
                connectTimeoutMs: 5000),
            policy: policy)
    }

    /// Keeps `window` requests under way for a time and returns when the last has ended.
    func run(window: Int, seconds: Int) {
        for _ in 0..<window { sendNext() }
        DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) {
            self.mustStop.store(true, ordering: .relaxed)
        }
        ended.wait()
        let closed = DispatchSemaphore(value: 0)
        pool.close { closed.signal() }
        closed.wait()
    }

    private func sendNext() {
        ended.enter()
        pool.send(request) { [self] _ in
            if !mustStop.load(ordering: .relaxed) { sendNext() }
            ended.leave()
        }
    }

    private static func body(bytes: Int, batch: Int?) -> [UInt8] {
        let filler = String(repeating: "x", count: max(bytes - 32, 16))
        let message = #"{"n":"000000000000","text":"\#(filler)"}"#
        guard let batch else { return Array(message.utf8) }
        let messages = [String](repeating: message, count: batch).joined(separator: ",")
        return Array(#"{"messages":[\#(messages)]}"#.utf8)
    }
}
