import Glibc

/// A listening socket that the test opens and a relay is handed, as systemd does it.
package final class ListeningSocket {
    package struct Failed: Error {}

    package let descriptor: Int32
    package let port: Int

    package init() throws {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        descriptor = socket(AF_INET, type, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        _ = unsafe inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let result = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                let bound = unsafe bind(descriptor, target, length)
                return unsafe bound == 0 && listen(descriptor, 512) == 0
                    && getsockname(descriptor, target, &length) == 0
            }
        }
        port = Int(in_port_t(bigEndian: address.sin_port))
        guard result else { throw Failed() }
    }

    deinit { close(descriptor) }

    /// A port that nobody listens on at the moment, for a relay that is to keep it over restarts.
    package static func freePort() throws -> Int { try ListeningSocket().port }
}
