import CMicroHTTPD
import Glibc

/// The one funnel for system calls on sockets: interruptions are retried, "would block" is a value.
enum SystemCall {
    enum Outcome: Equatable {
        case value(Int)
        case wouldBlock
        case failed(Int32)
    }

    static func retrying(_ call: () -> Int) -> Outcome {
        while true {
            let result = call()
            if result >= 0 { return .value(result) }
            switch errno {
            case EINTR: continue
            case EAGAIN: return .wouldBlock
            default: return .failed(errno)
            }
        }
    }

    /// The system's own words for an error number.
    static func words(for number: Int32) -> String { unsafe String(cString: strerror(number)) }

    /// Never blocks and never raises SIGPIPE; a short write is the caller's bad luck.
    static func send(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Outcome {
        unsafe bytes.withUnsafeBytes { bytes in
            retrying {
                unsafe Glibc.send(
                    descriptor, bytes.baseAddress, bytes.count,
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
            }
        }
    }

    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Outcome {
        send(bytes[...], to: descriptor)
    }

    /// Ends a TCP connection with a reset at once, leaving the descriptor open: dissolving the
    /// association does that on Linux. `SO_LINGER` alone would act on the last `close`, after the
    /// library's orderly shutdown. A unix socket knows no reset; it ends.
    static func reset(_ descriptor: Int32) {
        var nobody = sockaddr_storage()
        nobody.ss_family = sa_family_t(AF_UNSPEC)
        let outcome = unsafe withSocketAddress(&nobody) { address in
            retrying {
                unsafe Int(
                    connect(
                        descriptor, address, socklen_t(MemoryLayout<sockaddr_storage>.size)))
            }
        }
        if outcome != .value(0) { shutdown(descriptor, Int32(SHUT_RDWR)) }
    }

    /// False once the other side has closed or the connection is broken. Reads nothing.
    static func hasPeer(_ descriptor: Int32) -> Bool {
        // POLLRDHUP, which the module does not show.
        let remoteEnd: Int16 = 0x2000
        var asked = pollfd(fd: descriptor, events: remoteEnd, revents: 0)
        let outcome = retrying { unsafe Int(poll(&asked, 1, 0)) }
        return outcome == .value(0)
    }

    /// The next waiting connection, non-blocking and closed on exec, with its peer's address.
    static func accept(_ listener: Int32, into storage: inout sockaddr_storage) -> Outcome {
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return unsafe withSocketAddress(&storage) { address in
            retrying {
                unsafe Int(holdfast_accept(listener, address, &length))
            }
        }
    }

    static func withSocketAddress<Result>(
        _ storage: inout sockaddr_storage, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
    ) -> Result {
        unsafe withUnsafeMutablePointer(to: &storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0)
            }
        }
    }
}
