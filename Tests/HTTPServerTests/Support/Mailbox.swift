import Dispatch
import Synchronization

/// Carries what a handler saw to the test that waits for it.
final class Mailbox<Letter: Sendable>: Sendable {
    private let letters = Mutex<[Letter]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func put(_ letter: Letter) {
        letters.withLock { $0.append(letter) }
        arrived.signal()
    }

    var isEmpty: Bool { letters.withLock { $0.isEmpty } }

    /// Nil only after a hang guard far beyond any healthy run.
    func take() -> Letter? {
        guard arrived.wait(timeout: .now() + .seconds(20)) == .success else { return nil }
        return letters.withLock { $0.removeFirst() }
    }
}
