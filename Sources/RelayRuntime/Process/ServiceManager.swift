import Glibc
package import RelayCore

/// What a service tells the manager that started it, in the words of sd_notify(3). Without such a
/// manager every word is dropped.
package struct ServiceManager: Sendable {
    /// A manager that does not read must not hold the relay up, ms.
    private static let patienceMs = 1000

    private let socketPath: String?
    private let clock: any Clock
    /// The manager ends a process that is silent for so long; nil: it does not watch this one.
    package let watchdogMs: Int64?

    package init(environment: [String: String], clock: any Clock) {
        let path = environment["NOTIFY_SOCKET"]
        socketPath = path.flatMap { $0.hasPrefix("/") || $0.hasPrefix("@") ? $0 : nil }
        self.clock = clock
        let isMeant = environment["WATCHDOG_PID"].map { Int32($0) == getpid() } ?? true
        let microseconds = environment["WATCHDOG_USEC"].flatMap(Int64.init) ?? 0
        watchdogMs = isMeant && microseconds > 0 ? microseconds / 1000 : nil
    }

    /// The start, or the reading of a new configuration, is over.
    @discardableResult
    package func ready(_ status: String) -> Bool { send(["READY=1", "STATUS=\(status)"]) }

    package func reloading(_ status: String) {
        let microseconds = clock.monotonicNanoseconds / 1000
        send(["RELOADING=1", "MONOTONIC_USEC=\(microseconds)", "STATUS=\(status)"])
    }

    package func stopping(_ status: String) { send(["STOPPING=1", "STATUS=\(status)"]) }

    /// The line that `systemctl status` shows.
    package func status(_ status: String) { send(["STATUS=\(status)"]) }

    /// To be said only while the work moves.
    package func alive() { send(["WATCHDOG=1"]) }

    /// One datagram, so that the words of one change arrive together.
    @discardableResult
    private func send(_ words: [String]) -> Bool {
        guard let socketPath else { return false }
        var name = Array(socketPath.utf8)
        // A leading @ names a socket without a file.
        if name[0] == UInt8(ascii: "@") { name[0] = 0 }
        var address = sockaddr_un()
        guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { return false }
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
        let descriptor = Self.openSocket()
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + name.count)
        // A status is one line, whoever chose its words.
        let lines = words.map { $0.replacing("\n", with: " ") }
        let bytes = Array(lines.joined(separator: "\n").utf8)
        let sent = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { target in
                unsafe bytes.withUnsafeBytes { buffer in
                    unsafe sendto(
                        descriptor, buffer.baseAddress, buffer.count,
                        Int32(MSG_NOSIGNAL), target, length)
                }
            }
        }
        return sent == bytes.count
    }

    private static func openSocket() -> Int32 {
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = socket(AF_UNIX, kind, 0)
        var patience = timeval(tv_sec: patienceMs / 1000, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        return descriptor
    }
}
