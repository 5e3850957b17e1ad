import RelayDelivery
import RelayRuntime

/// The worker pool, which outlives the scheduler that uses it.
final class SenderService: Service {
    let name = "workers"
    let sender: any Sending

    init(sender: any Sending) {
        self.sender = sender
    }

    func start() throws {}

    func stop(completion: @escaping @Sendable () -> Void) {
        sender.close(completion: completion)
    }
}
