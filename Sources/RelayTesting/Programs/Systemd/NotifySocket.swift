import Glibc
import Synchronization

/// Plays the service manager's ear (sd_notify(3)): a datagram socket whose path goes into
/// `NOTIFY_SOCKET`. Each datagram is kept, in order.
// Sendable: constant but for the list, which is under its lock.
package final class NotifySocket: Sendable {
    struct Failed: Error {}

    package let path: String
    private let folder: TemporaryFolder
    private let descriptor: Int32
    private let heard = Mutex<[[String: String]]>([])

    package init() throws {
        folder = try TemporaryFolder()
        path = folder.file("notify")
        descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: Array(path.utf8))
        }
        let descriptor = descriptor
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard bound == 0 else { throw Failed() }
    }

    deinit { close(descriptor) }

    /// Everything said so far, each datagram as its `NAME=value` lines.
    package var all: [[String: String]] {
        while let next = receive() { heard.withLock { $0.append(next) } }
        return heard.withLock { $0 }
    }

    /// Waits for a datagram, among those after the first `start`, that says this.
    /// - Returns: how many have come up to and with it.
    @discardableResult
    package func wait(
        for name: String, from start: Int = 0, where isWanted: (String) -> Bool = { _ in true }
    ) throws -> Int {
        var end = start
        try eventually("\(name) at the notify socket, which heard \(all)") {
            let index = all.indices.dropFirst(start).first { index in
                all[index][name].map(isWanted) ?? false
            }
            end = (index ?? 0) + 1
            return index != nil
        }
        return end
    }

    @discardableResult
    package func wait(for name: String, _ value: String, from start: Int = 0) throws -> Int {
        try wait(for: name, from: start) { $0 == value }
    }

    private func receive() -> [String: String]? {
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = unsafe recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
        guard count >= 0 else { return nil }
        let text = String(decoding: bytes.prefix(count), as: UTF8.self)
        let pairs = text.split(separator: "\n").compactMap { line -> (String, String)? in
            guard let sign = line.firstIndex(of: "=") else { return nil }
            return (String(line[..<sign]), String(line[sign...].dropFirst()))
        }
        return Dictionary(pairs) { _, last in last }
    }
}
