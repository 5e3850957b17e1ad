import CMicroHTTPD
import Glibc

/// A socket address and the steps from there to a listening descriptor.
struct SocketEndpoint {
    private var storage = sockaddr_storage()
    private let length: socklen_t
    private let target: Address

    init?(path: String) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard (1...Address.unixPathBytes).contains(bytes.count) else { return nil }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        length = socklen_t(MemoryLayout<sockaddr_un>.size)
        target = .unix(path: path)
        unsafe withUnsafeMutableBytes(of: &storage) { storage in
            unsafe withUnsafeBytes(of: address) { unsafe storage.copyBytes(from: $0) }
        }
    }

    private init(_ info: addrinfo, target: Address) {
        length = unsafe info.ai_addrlen
        self.target = target
        unsafe withUnsafeMutableBytes(of: &storage) { storage in
            unsafe storage.copyMemory(
                from: UnsafeRawBufferPointer(start: info.ai_addr, count: Int(info.ai_addrlen)))
        }
    }

    static func resolve(host: String, port: Int) -> [SocketEndpoint] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        unsafe hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(host, String(port), &hints, &list) == 0 else { return [] }
        defer { unsafe freeaddrinfo(list) }
        var endpoints: [SocketEndpoint] = []
        let target = Address.tcp(host: host, port: port)
        var next = unsafe list
        while let info = unsafe next?.pointee {
            unsafe endpoints.append(SocketEndpoint(info, target: target))
            unsafe next = info.ai_next
        }
        return endpoints
    }

    func open(backlog: Int) throws(ListenError) -> Int32 {
        let type = SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue
        let descriptor = socket(Int32(storage.ss_family), Int32(type), 0)
        guard descriptor >= 0 else { throw .refused(target, errno: errno) }
        if Int32(storage.ss_family) == AF_INET6 {
            Self.set(descriptor, Int32(IPPROTO_IPV6), IPV6_V6ONLY, 0)
        }
        Self.set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        guard unsafe call(bind, descriptor) == 0, listen(descriptor, Int32(backlog)) == 0 else {
            let number = errno
            close(descriptor)
            throw number == EADDRINUSE ? .inUse(target.place) : .refused(target, errno: number)
        }
        return descriptor
    }

    /// A socket file whose listener is gone refuses connections; anything else is left alone.
    func removeStaleFile(_ path: String) throws(ListenError) {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path) }
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { throw .refused(target, errno: errno) }
        defer { close(probe) }
        guard unsafe call(connect, probe) != 0, errno == ECONNREFUSED else { throw .inUse(path) }
        unsafe unlink(path)
    }

    private func call(
        _ function: (Int32, UnsafePointer<sockaddr>?, socklen_t) -> Int32, _ descriptor: Int32
    ) -> Int32 {
        unsafe withUnsafePointer(to: storage) { storage in
            unsafe storage.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe function(descriptor, $0, length)
            }
        }
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        unsafe setsockopt(
            descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
