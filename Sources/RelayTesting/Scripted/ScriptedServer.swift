import Glibc

/// A server on 127.0.0.1 with blocking sockets and one thread per connection, which does exactly
/// what its script says, right or wrong.
package final class ScriptedServer: Sendable {
    package typealias Script = @Sendable (ServerConnection) -> Void

    package let port: Int
    private let listener: Int32
    private let accepted = HitCount()
    private let finished = HitCount()

    package var acceptCount: Int { accepted.value }
    /// Connections that the script has left and that are closed.
    package var finishCount: Int { finished.value }
    package var url: String { "http://127.0.0.1:\(port)/in" }

    package init(_ script: @escaping Script) {
        (listener, port) = Self.listen()
        startThread { [listener, weak self] in
            while true {
                let descriptor = accept(listener, nil, nil)
                guard descriptor >= 0 else {
                    close(listener)
                    return
                }
                guard let finished = self?.finished, let accepted = self?.accepted else {
                    close(descriptor)
                    continue
                }
                accepted.count()
                startThread {
                    let connection = ServerConnection(descriptor)
                    script(connection)
                    connection.finish()
                    finished.count()
                }
            }
        }
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    /// Answers every request of every connection with the same bytes.
    package static func answering(_ answer: String) -> ScriptedServer {
        ScriptedServer { connection in
            while connection.readRequest() != nil { connection.write(answer) }
        }
    }

    /// A port on which nobody listens.
    package static func closedPort() -> Int {
        let (descriptor, port) = listen()
        close(descriptor)
        return port
    }

    private static func listen() -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                precondition(unsafe bind(descriptor, generic, length) == 0)
                precondition(Glibc.listen(descriptor, 512) == 0)
                precondition(unsafe getsockname(descriptor, generic, &length) == 0)
            }
        }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}
