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
