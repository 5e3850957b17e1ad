import Glibc

/// A file of blocks that are set aside and hold nothing: what is given up when a disk is full.
package struct ReservedFile: Sendable {
    package let path: String
    package let bytes: Int64

    package init(path: String, bytes: Int64) {
        self.path = path
        self.bytes = bytes
    }

    /// The blocks are there, not the name alone.
    package var exists: Bool {
        var facts = stat()
        guard unsafe stat(path, &facts) == 0 else { return false }
        return Int64(facts.st_blocks) * 512 >= bytes
    }

    /// All of it or nothing.
    package func make() -> Bool {
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        let descriptor = unsafe open(path, flags, 0o640)
        guard descriptor >= 0 else { return false }
        let result = posix_fallocate(descriptor, 0, off_t(bytes))
        close(descriptor)
        if result != 0 { remove() }
        return result == 0
    }

    @discardableResult
    package func remove() -> Bool { unsafe unlink(path) == 0 }
}
