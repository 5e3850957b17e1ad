import Glibc

/// An exclusive advisory lock on a file, held as long as the object lives and released by the
/// kernel when the process ends, however it ends. The file keeps a line about its holder.
package final class FileLock: Sendable {
    package enum Failure: Error, Sendable {
        /// Somebody else holds it; the line he left.
        case held(by: String)
        case system(operation: String, errno: Int32)
    }

    private let descriptor: Int32

    package init(path: String, holder: String) throws(Failure) {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640)
        guard descriptor >= 0 else { throw .system(operation: "open", errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let line = FileLock.read(descriptor)
            close(descriptor)
            throw reason == EWOULDBLOCK
                ? .held(by: line) : .system(operation: "lock", errno: reason)
        }
        self.descriptor = descriptor
        let bytes = Array((holder + "\n").utf8)
        // The line is for people and the lock holds without it: a full disk does not stop us.
        // Written over the old one before it is cut, so that no block has to be found anew.
        let written = unsafe bytes.withUnsafeBytes { buffer in
            unsafe pwrite(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        _ = ftruncate(descriptor, off_t(max(written, 0)))
    }

    deinit { close(descriptor) }

    private static func read(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0)
        }
        let text = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self)
        return String(text.prefix { $0 != "\n" })
    }
}
