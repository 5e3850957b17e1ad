import Glibc

/// A small blocking client that says exactly the bytes it is told to. Reading gives up after a
/// generous while, so that a broken server fails a test instead of hanging it.
final class RawClient {
    struct Unreachable: Error {}

    private static let hangGuardSeconds = 20

    private var descriptor: Int32
    private var received: [UInt8] = []
    /// The stream ended with a reset instead of an end.
    private(set) var wasReset = false

    init(port: Int?, host: String = "127.0.0.1") throws {
        guard let port else { throw Unreachable() }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        _ = unsafe inet_pton(AF_INET, host, &address.sin_addr)
        descriptor = try Self.connect(family: AF_INET, address)
    }

    init(ipv6Port port: Int?) throws {
        guard let port else { throw Unreachable() }
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = in_port_t(port).bigEndian
        _ = unsafe inet_pton(AF_INET6, "::1", &address.sin6_addr)
        descriptor = try Self.connect(family: AF_INET6, address)
    }

    init(path: String) throws {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: Array(path.utf8))
        }
        descriptor = try Self.connect(family: AF_UNIX, address)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    private static func connect<Address>(family: Int32, _ address: Address) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue), 0)
        var patience = timeval(tv_sec: hangGuardSeconds, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience,
            socklen_t(MemoryLayout<timeval>.size))
        let result = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe Glibc.connect(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(bytes.count))
        }
        guard result == 0 else {
            Glibc.close(descriptor)
            throw Unreachable()
        }
        return descriptor
    }

    func send(_ text: String) { send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) {
        var sent = 0
        while sent < bytes.count {
            let result = unsafe bytes[sent...].withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if result <= 0 { return }
            sent += result
        }
    }

    func post(_ target: String, _ body: String, headers: [String] = []) {
        let lines = headers.map { $0 + "\r\n" }.joined()
        send(
            "POST \(target) HTTP/1.1\r\nHost: test\r\nContent-Length: \(body.utf8.count)\r\n"
                + "\(lines)\r\n\(body)")
    }

    func get(_ target: String) { send("GET \(target) HTTP/1.1\r\nHost: test\r\n\r\n") }

    /// Says that nothing more comes, and may go on reading.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Leaves without a word; what is under way is lost.
    func reset() {
        var setting = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
        close(descriptor)
        descriptor = -1
    }

    func disconnect() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// The next complete answer, or nil when the connection ends before.
    func response() -> RawResponse? {
        while true {
            if let end = headEnd() { return response(headEnd: end) }
            if !receive() { return nil }
        }
    }

    /// Everything up to the end of the stream.
    func rest() -> String {
        while receive() {}
        defer { received = [] }
        return String(decoding: received, as: UTF8.self)
    }

    /// True when the next bytes are these.
    func begins(with text: String) -> Bool {
        while received.count < text.utf8.count { if !receive() { return false } }
        defer { received.removeFirst(text.utf8.count) }
        return received.starts(with: text.utf8)
    }

    /// True when the server has ended the stream with nothing more to say.
    func isClosed() -> Bool { rest().isEmpty }

    private func response(headEnd: Int) -> RawResponse? {
        let lines = String(decoding: received[..<headEnd], as: UTF8.self)
            .split(separator: "\r\n", omittingEmptySubsequences: true)
        received.removeFirst(headEnd)
        var response = RawResponse()
        response.status = lines.first.map { Int($0.split(separator: " ")[1]) ?? 0 } ?? 0
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            let value = parts[1].drop { $0 == " " }
            response.headers.append((String(parts[0]), String(value)))
        }
        let length = response.first("content-length").flatMap { Int($0) } ?? 0
        while received.count < length { if !receive() { return nil } }
        response.body = Array(received.prefix(length))
        received.removeFirst(length)
        return response
    }

    private func headEnd() -> Int? {
        guard received.count >= 4 else { return nil }
        for index in 0...(received.count - 4)
        where received[index..<(index + 4)].elementsEqual([13, 10, 13, 10]) {
            return index + 4
        }
        return nil
    }

    private func receive() -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        if count < 0, errno == ECONNRESET { wasReset = true }
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }
}
