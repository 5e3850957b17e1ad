package import RelayCore
import Synchronization

/// What delivery counted since the process started.
package final class DeliveryCounters: Sendable {
    package struct Key: Hashable, Sendable {
        package let destination: String
        /// nil: delivered.
        package let errorClass: ErrorClass?
    }

    private let attempts = Mutex<[Key: Int64]>([:])
    private let late = Atomic<Int64>(0)

    func count(_ outcome: Outcome, destination: String) {
        let key = Key(destination: destination, errorClass: outcome.errorClass)
        attempts.withLock { $0[key, default: 0] += 1 }
    }

    /// An answer that came after its delivery had been finished, discarded or replayed.
    func countLate() { late.wrappingAdd(1, ordering: .relaxed) }

    package var attemptsByOutcome: [Key: Int64] { attempts.withLock { $0 } }
    package var lateFinishes: Int64 { late.load(ordering: .relaxed) }
}
