import Glibc

/// What a command needs of its standard descriptors: whether a person watches, how wide the screen
/// is, and plain reading and writing that tell a reader who left from a real fault.
package enum Terminal {
    package enum WriteResult: Sendable, Equatable {
        case written
        /// The other end of the pipe was closed: the reader has seen enough.
        case readerGone
        case failed(systemError: Int32)
    }

    package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the screen behind a descriptor; nil when it is none or does not say.
    package static func columns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
            return nil
        }
        return Int(size.ws_col)
    }

    /// Without this a reader who leaves ends the process before anything can be said or undone.
    package static func ignoreBrokenPipes() {
        _ = signal(SIGPIPE, SIG_IGN)
    }

    /// Writes all of it, or says why not.
    package static func write(_ bytes: [UInt8], to descriptor: Int32) -> WriteResult {
        var sent = 0
        while sent < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress?.advanced(by: sent), buffer.count - sent)
            }
            if count > 0 {
                sent += count
            } else if count < 0, errno == EPIPE {
                return .readerGone
            } else if count < 0, errno != EINTR, errno != EAGAIN {
                return .failed(systemError: errno)
            } else if count < 0, errno == EAGAIN {
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&wait, 1, -1)
            }
        }
        return .written
    }

    /// All bytes up to the end, or nil after a fault or past the limit.
    package static func readAll(_ descriptor: Int32, limitBytes: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                guard errno == EINTR else { return nil }
                continue
            }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limitBytes else { return nil }
        }
    }

    package static func message(systemError number: Int32) -> String {
        unsafe String(cString: strerror(number))
    }
}
