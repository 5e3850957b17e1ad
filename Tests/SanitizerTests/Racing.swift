import Dispatch
import RelayTesting
import Synchronization

/// Races, planted. Each must be reported.
enum Racing {
    static func unguarded() {
        Sanitizer.reportsHere()
        let shared = Shared()
        Meeting.atOnce({ shared.value += 1 }, { shared.value += 1 })
    }

    static func forgottenLock() {
        Sanitizer.reportsHere()
        let (shared, lock) = (Shared(), Meeting.Lock())
        Meeting.atOnce({ lock.mutex.withLock { _ in shared.value += 1 } }, { shared.value += 1 })
    }

    static func wrongLock() {
        Sanitizer.reportsHere()
        let (shared, lock, other) = (Shared(), Meeting.Lock(), Meeting.Lock())
        Meeting.atOnce(
            { lock.mutex.withLock { _ in shared.value += 1 } },
            { other.mutex.withLock { _ in shared.value += 1 } })
    }

    static func touchedAfterUnlocking() throws {
        Sanitizer.reportsHere()
        let (shared, lock) = (Shared(), Meeting.Lock())
        try Meeting.waiting(
            for: lock, { shared.value += 1 }, afterwards: { shared.value += 1 })
    }

    static func twoQueues() {
        Sanitizer.reportsHere()
        let shared = Shared()
        let (first, second) = (DispatchQueue(label: "first"), DispatchQueue(label: "second"))
        Meeting.atOnce(
            { first.sync { shared.value += 1 } }, { second.sync { shared.value += 1 } })
    }
}
