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

    /// Connections that may be open beside everything else, by the system's limit of descriptors.
    package static func connectionsPossible(keeping kept: Int) -> Int {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            return .max
        }
        let all = Int(clamping: limit.rlim_cur)
        return max(all - min(kept, all / 2), 1)
    }

    /// The limit on the size of the process's address space, or nil without one.
    package static var addressSpaceLimitBytes: Int? {
        var limit = rlimit()
        guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
            limit.rlim_cur != rlim_t.max
        else { return nil }
        return Int(clamping: limit.rlim_cur)
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

    /// Takes the numbers of the standard streams when they are closed, so that no file or
    /// connection gets one of them and is written into by what is meant for people. Nothing can be
    /// written to what takes their place, as to a closed stream.
    package static func occupyStandardStreams() {
        for number in 0...2 where fcntl(Int32(number), F_GETFD) == -1 {
            _ = unsafe open("/dev/null", O_RDONLY)
        }
    }

    /// A limit on the size of files must fail a write, not end the process.
    package static func surviveFileSizeLimit() {
        _ = signal(SIGXFSZ, SIG_IGN)
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
