import Synchronization

/// A number that only grows. Any thread may add; it costs one atomic addition and takes no lock.
package final class Counter: Sendable {
    private let value = Atomic<Int64>(0)

    package init() {}

    package func add(_ amount: Int64 = 1) { value.add(amount, ordering: .relaxed) }

    package var count: Int64 { value.load(ordering: .relaxed) }
}
