import RelayTesting
import Foundation
import Glibc
import RelayTesting

/// A program that listens on a port of 127.0.0.1 for one test, in a folder of its own.
final class Servant: Sendable {
    let folder: URL
    let port: Int
    private let process: ChildProcess

    /// - Parameter prepare: writes what the program reads into its folder, and names its arguments.
    init(
        _ program: String, _ prepare: (_ folder: URL, _ port: Int) throws -> [String]
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
        port = ScriptedServer.closedPort()
        process = try ChildProcess(program, try prepare(folder, port))
        while process.isRunning, !Self.isListening(port) { sched_yield() }
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Where Debian puts a program; nil when it is not installed.
    static func find(_ name: String) -> String? {
        Program.onPath(name)
    }

    private static func isListening(_ port: Int) -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        address.sin_port = UInt16(port).bigEndian
        return unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe connect(
                    descriptor, generic, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
