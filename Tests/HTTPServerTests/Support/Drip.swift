import Dispatch
import Synchronization

/// Sends a little again and again, as a hostile client would.
// Sendable: the client is only sent to, from one queue.
final class Drip: @unchecked Sendable {
    private let client: RawClient
    private let timer: any DispatchSourceTimer

    init(_ client: RawClient, _ drop: @escaping @Sendable () -> String) {
        self.client = client
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "drip"))
        timer.schedule(deadline: .now(), repeating: .milliseconds(20))
        timer.setEventHandler { [self] in self.client.send(drop()) }
        timer.activate()
    }

    func stop() { timer.cancel() }
}
