import Glibc

/// What the system lets the process have.
extension ProcessFacts {
    /// Raises the soft limit of open descriptors to the hard one: every connection is one.
    package static func raiseDescriptorLimit() {
        guard var limit = limit(RLIMIT_NOFILE) else { return }
        limit.rlim_cur = limit.rlim_max
        _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// Connections that may be open beside everything else, by the system's limit of descriptors.
    package static func connectionsPossible(keeping kept: Int) -> Int {
        guard let limit = limit(RLIMIT_NOFILE) else { return .max }
        let all = Int(clamping: limit.rlim_cur)
        return max(all - min(kept, all / 2), 1)
    }

    /// The limit on the size of the process's address space, or nil without one.
    package static var addressSpaceLimitBytes: Int? { bytes(RLIMIT_AS) }

    /// The limit on the size of a file that it writes, or nil without one.
    package static var fileSizeLimitBytes: Int? { bytes(RLIMIT_FSIZE) }

    private static func limit(_ resource: __rlimit_resource) -> rlimit? {
        var limit = rlimit()
        let result = unsafe getrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        return result == 0 ? limit : nil
    }

    private static func bytes(_ resource: __rlimit_resource) -> Int? {
        guard let limit = limit(resource), limit.rlim_cur != rlim_t.max else { return nil }
        return Int(clamping: limit.rlim_cur)
    }

    /// Whether the system lets the process open so many files and sockets more.
    package static func canOpen(_ count: Int) -> Bool {
        var opened: [Int32] = []
        defer { for descriptor in opened { close(descriptor) } }
        while opened.count < count {
            let descriptor = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { return false }
            opened.append(descriptor)
        }
        return true
    }

    /// Whether the system lets the process have so many threads at once. Dispatch waits without
    /// end, and without a word, for a thread that it does not get.
    package static func canHaveThreads(_ count: Int) -> Bool {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return true }
        var threads: [pthread_t] = []
        while threads.count < count {
            var thread = pthread_t()
            // Lives until the other end of the pipe is closed.
            let result = unsafe pthread_create(
                &thread, nil,
                { descriptor in
                    var byte: UInt8 = 0
                    _ = unsafe read(Int32(Int(bitPattern: descriptor)), &byte, 1)
                    return nil
                }, UnsafeMutableRawPointer(bitPattern: Int(ends[0])))
            guard result == 0 else { break }
            threads.append(thread)
        }
        close(ends[1])
        for thread in threads { pthread_join(thread, nil) }
        close(ends[0])
        return threads.count == count
    }
}
