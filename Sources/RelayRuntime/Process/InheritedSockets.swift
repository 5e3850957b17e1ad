import Glibc

/// Listening sockets that were opened for this process (socket activation, sd_listen_fds(3)), each
/// with the name its unit gave it. Without a service manager there are none.
package struct InheritedSockets: Sendable {
    package struct Socket: Sendable, Hashable {
        package let name: String
        package let descriptor: Int32
    }

    /// A unit that names no socket gets its own name there; some starters give none at all.
    private static let unnamed = "unknown"
    private static let firstDescriptor: Int32 = 3

    package let all: [Socket]

    package init(environment: [String: String]) {
        // Meant for another process, which passed its environment on.
        guard let pid = environment["LISTEN_PID"], Int32(pid) == getpid(),
            let count = environment["LISTEN_FDS"].flatMap(Int32.init), (1...64).contains(count)
        else {
            all = []
            return
        }
        let names = (environment["LISTEN_FDNAMES"] ?? "")
            .split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        all = (0..<count).map { index in
            let name = names.indices.contains(Int(index)) ? names[Int(index)] : ""
            return Socket(
                name: name.isEmpty ? Self.unnamed : name,
                descriptor: Self.firstDescriptor + index)
        }
        for socket in all { _ = fcntl(socket.descriptor, F_SETFD, FD_CLOEXEC) }
    }

    package func named(_ name: String) -> [Int32] {
        all.filter { $0.name == name }.map(\.descriptor)
    }

    package func notNamed(_ name: String) -> [Int32] {
        all.filter { $0.name != name }.map(\.descriptor)
    }
}
