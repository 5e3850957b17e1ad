import Synchronization

/// Says that a store's writer is in this process. A note that a command leaves meanwhile is for
/// those who come later: to make the kernel forget the files takes a descriptor of theirs, and with
/// its end this process would lose its locks on them.
final class WriterAtHome: Sendable {
    private static let writers = Mutex<[String: Int]>([:])

    private let path: String

    init(_ file: StoreFile) {
        path = file.path
        Self.writers.withLock { $0[path, default: 0] += 1 }
    }

    deinit { Self.writers.withLock { $0[path, default: 0] -= 1 } }

    static func lives(in path: String) -> Bool { writers.withLock { $0[path, default: 0] > 0 } }
}
