import Synchronization

/// True exactly once.
final class OneShot: Sendable {
    private let taken = Atomic(false)

    var isTaken: Bool { taken.load(ordering: .acquiring) }

    func take() -> Bool { !taken.exchange(true, ordering: .acquiringAndReleasing) }
}
