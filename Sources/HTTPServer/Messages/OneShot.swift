import Synchronization

/// True exactly once.
final class OneShot: Sendable {
    private let taken = Atomic(false)

    func take() -> Bool { !taken.exchange(true, ordering: .acquiringAndReleasing) }
}
