import CMicroHTTPD
import Glibc
import Synchronization

/// A listening socket. It belongs to whoever made it, not to the server that accepts on it, so it
/// can outlive one; it is closed by `close()` or with its last reference.
package final class ListenSocket: Sendable {
    let descriptor: Int32
    /// Came from the service manager, which keeps it for our successor.
    package let isAdopted: Bool
    /// The port it is bound to; nil for unix sockets.
    package let port: Int?
    /// The socket file we made and must remove.
    private let file: SocketFile?
    private let closing = OneShot()

    private init(descriptor: Int32, isAdopted: Bool, file: SocketFile?) {
        self.descriptor = descriptor
        self.isAdopted = isAdopted
        self.file = file
        port = Self.boundPort(descriptor)
    }

    deinit { close() }

    /// From here on clients are refused. Harmless when repeated.
    package func close() {
        guard closing.take() else { return }
        file?.remove()
        Glibc.close(descriptor)
    }

    /// The path of a unix socket whose file was removed or replaced: it still listens, and nobody
    /// finds it. Nil while it can be found. Of an adopted socket only its unit knows the place.
    package var lostPath: String? { file.flatMap { $0.isInPlace ? nil : $0.path } }

    package static func listen(
        on address: Address, backlog: Int = 4096
    ) throws(ListenError) -> ListenSocket {
        switch address {
        case .tcp(let host, let port): try tcp(host: host, port: port, backlog: backlog)
        case .unix(let path): try unix(path: path, backlog: backlog)
        }
    }

    /// Port 0 takes any free one. The host `::` listens on IPv4 as well, or on IPv4 alone where
    /// the machine has no IPv6.
    package static func tcp(
        host: String, port: Int, backlog: Int = 4096
    ) throws(ListenError) -> ListenSocket {
        var endpoints = SocketEndpoint.resolve(host: host, port: port)
        if host == "::" { endpoints += SocketEndpoint.resolve(host: "0.0.0.0", port: port) }
        var failure = ListenError.unknownHost(host)
        for endpoint in endpoints {
            do {
                let descriptor = try endpoint.open(backlog: backlog)
                return ListenSocket(descriptor: descriptor, isAdopted: false, file: nil)
            } catch { failure = error }
        }
        throw failure
    }

    /// Removes a stale socket file, but only one that nobody listens on.
    package static func unix(
        path: String, backlog: Int = 4096
    ) throws(ListenError) -> ListenSocket {
        guard let endpoint = SocketEndpoint(path: path) else {
            throw path.isEmpty ? .unusableAddress(path) : .pathTooLong(path)
        }
        try endpoint.removeStaleFile(path)
        let descriptor = try endpoint.open(backlog: backlog)
        return ListenSocket(
            descriptor: descriptor, isAdopted: false, file: SocketFile(path: path))
    }

    /// Takes over a socket that already listens.
    package static func adopted(descriptor: Int32) -> ListenSocket {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        return ListenSocket(descriptor: descriptor, isAdopted: true, file: nil)
    }

    private static func boundPort(_ descriptor: Int32) -> Int? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = unsafe SystemCall.withSocketAddress(&storage) { address in
            unsafe getsockname(descriptor, address, &length)
        }
        guard result == 0 else { return nil }
        return unsafe withUnsafeBytes(of: storage) { bytes in
            switch Int32(storage.ss_family) {
            // The port lies at the same place in both.
            case AF_INET, AF_INET6:
                Int(UInt16(bigEndian: unsafe bytes.load(fromByteOffset: 2, as: UInt16.self)))
            default: nil
            }
        }
    }
}
