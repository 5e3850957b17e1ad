import Glibc

/// A file of one line, which is written over in place. Only the first line is synced, and those
/// that are asked for: what comes between outlives the process, and a power cut may leave an
/// earlier line.
package final class LineFile: Sendable {
    private let descriptor: Int32

    /// What has the name is replaced in one step, and the name is durable. Nil when there is no
    /// room, or no right, to make it.
    package init?(path: String, in directory: String, line: String) {
        let partial = path + ".partial"
        _ = unsafe unlink(partial)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
        descriptor = unsafe open(partial, flags, 0o640)
        guard descriptor >= 0 else { return nil }
        guard write(line), sync(), unsafe rename(partial, path) == 0 else {
            _ = unsafe unlink(partial)
            return nil
        }
        guard Volume.synchroniseDirectory(at: directory) else { return nil }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// The line must be as long as the first one.
    package func write(_ line: String) -> Bool {
        let bytes = Array("\(line)\n".utf8)
        return unsafe bytes.withUnsafeBytes {
            unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) == $0.count
        }
    }

    package func sync() -> Bool { fsync(descriptor) == 0 }
}
