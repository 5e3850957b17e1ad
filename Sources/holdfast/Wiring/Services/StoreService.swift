import Dispatch
import RelayRuntime
import RelayStore
import Synchronization

/// The store as the first service to start and the last to stop.
final class StoreService: Service {
    let name = "store"
    let writer: GroupWriter
    /// Held until the database is closed.
    private let ownership: StoreOwnership

    init(writer: GroupWriter, ownership: StoreOwnership) {
        self.writer = writer
        self.ownership = ownership
    }

    func start() throws {}

    /// Waits for an empty transaction in turn with the groups of events, or throws why there can
    /// be none.
    func proveWritable() throws {
        let failure = Mutex<(any Error)?>(nil)
        let done = DispatchSemaphore(value: 0)
        writer.perform({ _ in }) { error in
            failure.withLock { $0 = error }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    func stop(completion: @escaping @Sendable () -> Void) {
        writer.close(completion: completion)
    }
}
