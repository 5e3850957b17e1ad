import CFaultyVFS
import Synchronization

/// The moment in which SQLite has decided to shorten a file of the real disk and has not done so:
/// a thread or a process can be held up there for any time.
package enum BeforeTruncation {
    private static let due = Mutex<(@Sendable () -> Void)?>(nil)

    /// Runs `happening` on the thread that is the first to shorten a file while `body` runs.
    /// - Returns: whether there was one.
    package static func run(
        _ happening: @escaping @Sendable () -> Void, during body: () throws -> Void
    ) rethrows -> Bool {
        due.withLock { $0 = happening }
        faulty_before_truncation {
            let happening = BeforeTruncation.due.withLock { due in
                defer { due = nil }
                return due
            }
            happening?()
        }
        defer {
            faulty_before_truncation(nil)
            due.withLock { $0 = nil }
        }
        try body()
        return due.withLock { $0 == nil }
    }
}
