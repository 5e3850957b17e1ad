import Dispatch
import RelayCore
import Synchronization

/// Work of the admin listener, one piece at a time and beside everything else. What comes while
/// too much waits is turned away at once.
final class AdminQueue: Sendable {
    private let queue: DispatchQueue
    private let waiting = Atomic(0)

    init(_ name: String) {
        queue = DispatchQueue(label: "holdfast.admin.\(name)", qos: .utility)
    }

    /// - Returns: whether the work was taken.
    func run(_ work: @escaping @Sendable () -> Void) -> Bool {
        guard waiting.add(1, ordering: .relaxed).newValue <= Limits.adminWaiting else {
            waiting.subtract(1, ordering: .relaxed)
            return false
        }
        queue.async { [self] in
            work()
            waiting.subtract(1, ordering: .relaxed)
        }
        return true
    }
}
