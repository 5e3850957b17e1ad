import Dispatch
import Synchronization

/// Wakes whoever waits for the server to settle, each time a request or connection ends. Costs one
/// relaxed load while nobody waits.
final class Settling: Sendable {
    private let isAwaited = Atomic(false)
    private let semaphore = DispatchSemaphore(value: 0)

    func signalIfAwaited() {
        if isAwaited.load(ordering: .relaxed) { semaphore.signal() }
    }

    /// True when the condition held before the deadline. The condition is asked after each signal.
    func wait(until deadline: DispatchTime, _ condition: () -> Bool) -> Bool {
        isAwaited.store(true, ordering: .sequentiallyConsistent)
        while !condition() {
            // The bounded wait makes a signal lost to the relaxed load harmless.
            let next = min(deadline, .now() + .milliseconds(50))
            if semaphore.wait(timeout: next) == .timedOut && .now() >= deadline {
                return condition()
            }
        }
        return true
    }
}
