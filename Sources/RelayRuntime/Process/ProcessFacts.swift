import Glibc

/// What the process knows of itself.
package enum ProcessFacts {
    package static var identifier: Int32 { getpid() }

    package static var hostName: String {
        var bytes = [CChar](repeating: 0, count: 256)
        guard unsafe gethostname(&bytes, bytes.count - 1) == 0 else { return "localhost" }
        let name = bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return String(decoding: name, as: UTF8.self)
    }

    /// Raises the soft limit of open descriptors to the hard one: every connection is one.
    package static func raiseDescriptorLimit() {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return
        }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// New files are for the owner and his group: they hold what visitors wrote.
    package static func keepFilesPrivate() {
        _ = umask(0o027)
    }

    /// Ends the process at once, without running what is registered for an orderly end.
    package static func exitNow(_ code: Int32) -> Never {
        _exit(code)
    }
}
