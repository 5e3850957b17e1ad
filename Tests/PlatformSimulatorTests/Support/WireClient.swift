import Glibc

/// One connection to a server on this machine, byte by byte.
final class WireClient {
    private let descriptor: Int32
    /// The stream ended with a reset instead of an end.
    private(set) var wasReset = false

    /// Nil when nobody listens.
    init?(port: Int) {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        // A guard against a hang, not a measure of anything.
        var guardTime = timeval(tv_sec: 30, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &guardTime, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { return nil }
    }

    deinit { close(descriptor) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    func post(_ path: String, _ body: String) {
        send(
            "POST \(path) HTTP/1.1\r\nHost: t\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
    }

    func get(_ path: String) {
        send("GET \(path) HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n")
    }

    /// As `rest`, for what is no text.
    func restBytes() -> [UInt8]? {
        var all: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(descriptor, &piece, piece.count, 0)
            wasReset = count < 0 && errno == ECONNRESET
            if count == 0 || wasReset { break }
            guard count > 0 else { return nil }
            all += piece[..<count]
        }
        return all
    }

    /// Everything until the server closes; nil when it did not within the guard.
    func rest() -> String? { restBytes().map { String(decoding: $0, as: UTF8.self) } }

    /// Closes the sending side, as a client does that has lost its patience.
    func leave() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Whether something has come or the server has closed; does not wait.
    var isReadable: Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&watched, 1, 0) > 0
    }
}
