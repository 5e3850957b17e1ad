import Glibc

/// A file of one line, which is written over in place. Only the first line is synced: what comes
/// later outlives the process, and a power cut may leave an earlier line.
package final class LineFile: Sendable {
    private let descriptor: Int32

    /// Nil when there is no room, or no right, to make it.
    package init?(path: String, line: String) {
        // A pipe under that name must not hold anybody up.
        let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        descriptor = unsafe open(path, flags, 0o640)
        guard descriptor >= 0 else { return nil }
        guard write(line), fsync(descriptor) == 0 else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The line must be as long as the first one.
    @discardableResult
    package func write(_ line: String) -> Bool {
        let bytes = Array("\(line)\n".utf8)
        return unsafe bytes.withUnsafeBytes {
            unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) == $0.count
        }
    }
}
