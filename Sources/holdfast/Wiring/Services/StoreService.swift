import RelayRuntime
import RelayStore

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

    func stop(completion: @escaping @Sendable () -> Void) {
        writer.close(completion: completion)
    }
}
