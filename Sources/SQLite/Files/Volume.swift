import Glibc

/// What the file system says about the place where a database lies.
package enum Volume {
    /// Bytes that an unprivileged process may still write there; nil when the system will not say.
    package static func freeBytes(at path: String) -> Int64? {
        var facts = statvfs()
        guard unsafe statvfs(path, &facts) == 0 else { return nil }
        let (bytes, overflow) = Int64(clamping: facts.f_bavail)
            .multipliedReportingOverflow(by: Int64(clamping: facts.f_frsize))
        return overflow ? .max : bytes
    }

    /// Makes the names in a directory durable. SQLite does this for its log, not for a directory
    /// that we made ourselves.
    package static func synchroniseDirectory(at path: String) -> Bool {
        let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    /// Makes the system read a file from its disk again instead of from memory: writes what is
    /// still to be written, then drops the pages. False when that write fails. A file that is not
    /// there has nothing to forget.
    ///
    /// The descriptor stays open until the process ends: with its end the process would lose every
    /// lock that connections of its own have on the file.
    package static func forgetMemory(of path: String) -> Bool {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return errno == ENOENT }
        return fsync(descriptor) == 0 && posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED) == 0
    }

    /// Which file a path names right now, links followed, and how long it is; nil when there is
    /// none or the system will not say.
    package static func identity(of path: String) -> FileIdentity? {
        if case .found(let identity) = look(at: path) { identity } else { nil }
    }
}
