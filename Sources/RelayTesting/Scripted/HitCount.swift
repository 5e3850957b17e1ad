import Synchronization

package final class HitCount: Sendable {
    private let number = Atomic<Int>(0)

    package init() {}

    package var value: Int { number.load(ordering: .sequentiallyConsistent) }

    package func count() {
        number.add(1, ordering: .sequentiallyConsistent)
    }
}
