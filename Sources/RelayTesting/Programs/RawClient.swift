import Glibc

/// A small blocking client that says exactly the bytes it is told to. Reading gives up after a
/// generous while, so that a broken server fails a test instead of hanging it.
// Sendable: a test that shares one only sends from one thread at a time.
package final class RawClient: @unchecked Sendable {
    package enum Target: Sendable {
        case ipv4(port: Int)
        case ipv6(port: Int)
        case unix(path: String)
    }

    package struct Unreachable: Error {
        package let number: Int32
    }

    private let descriptor: Int32
    private var received: [UInt8] = []
    /// Nothing came for a long while: the other side hangs.
    package private(set) var gaveUp = false

    package init(_ target: Target) throws {
        switch target {
        case .ipv4(let port):
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            _ = unsafe inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
            descriptor = try RawClient.connect(family: AF_INET, address)
        case .ipv6(let port):
            var address = sockaddr_in6()
            address.sin6_family = sa_family_t(AF_INET6)
            address.sin6_port = in_port_t(port).bigEndian
            _ = unsafe inet_pton(AF_INET6, "::1", &address.sin6_addr)
            descriptor = try RawClient.connect(family: AF_INET6, address)
        case .unix(let path):
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            unsafe withUnsafeMutableBytes(of: &address.sun_path) {
                unsafe $0.copyBytes(from: Array(path.utf8))
            }
            descriptor = try RawClient.connect(family: AF_UNIX, address)
        }
    }

    deinit { close(descriptor) }

    private static func connect<Address>(family: Int32, _ address: Address) throws -> Int32 {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(family, type, 0)
        var patience = timeval(tv_sec: hangGuardSeconds, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let result = unsafe withUnsafeBytes(of: address) { bytes in
            unsafe Glibc.connect(
                descriptor, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress,
                socklen_t(bytes.count))
        }
        guard result == 0 else {
            let number = errno
            close(descriptor)
            throw Unreachable(number: number)
        }
        return descriptor
    }

    /// False when the other side no longer takes anything.
    @discardableResult
    package func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes {
                unsafe Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    package func send(_ text: String) -> Bool { send(Array(text.utf8)) }

    /// Says that nothing more comes, and goes on reading.
    package func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Leaves without a word; what is under way is lost.
    package func reset() {
        var setting = linger(l_onoff: 1, l_linger: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &setting, socklen_t(MemoryLayout<linger>.size))
    }

    package func post(_ target: String, _ body: [UInt8], headers: [String] = []) {
        let lines = headers.map { $0 + "\r\n" }.joined()
        let head =
            "POST \(target) HTTP/1.1\r\nHost: relay.test\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n\(lines)\r\n"
        send(Array(head.utf8) + body)
    }

    /// A request without a body.
    package func request(_ method: String, _ target: String, headers: [String] = []) {
        let lines = headers.map { $0 + "\r\n" }.joined()
        send("\(method) \(target) HTTP/1.1\r\nHost: relay.test\r\n\(lines)\r\n")
    }

    /// The next complete answer, or nil when the connection ends before. An answer to HEAD has a
    /// length and no body.
    package func response(toHEAD: Bool = false) -> RawResponse? {
        while headEnd() == nil { if !receive() { return nil } }
        guard let end = headEnd() else { return nil }
        let head = Array(received.prefix(end))
        received.removeFirst(end)
        guard let bare = RawResponse(head: head, body: []) else { return nil }
        let length = toHEAD ? 0 : bare.header("Content-Length").flatMap { Int($0) } ?? 0
        while received.count < length { if !receive() { return nil } }
        defer { received.removeFirst(length) }
        return RawResponse(head: head, body: Array(received.prefix(length)))
    }

    /// Everything up to the end of the stream.
    package func rest() -> [UInt8] {
        while receive() {}
        defer { received = [] }
        return received
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
        if count < 0, errno == EAGAIN { gaveUp = true }
        guard count > 0 else { return false }
        received += buffer[..<count]
        return true
    }
}
