import Foundation
import Synchronization

/// `openssl s_server` with a certificate of its own for 127.0.0.1, in a folder of its own.
final class TLSServer: Sendable {
    let folder: URL
    let port: Int
    private let server: Mutex<Process>

    var caFile: String { folder.appending(path: "cert.pem").path }
    var url: String { "https://127.0.0.1:\(port)/" }

    init(isExpired: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Certificate.make(in: folder, isExpired: isExpired)
        // -www answers any GET with a status page.
        let running = try Self.start(
            [
                "s_server", "-accept", "127.0.0.1:0", "-www", "-key", "key.pem", "-cert",
                "cert.pem",
            ], in: folder)
        port = Self.port(from: running.output)
        server = Mutex(running.process)
    }

    deinit {
        // Not `terminate`: a child of a Dispatch thread may have inherited its masked signals.
        server.withLock { _ = kill($0.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: folder)
    }

    private static func start(
        _ arguments: [String], in folder: URL
    ) throws -> (process: Process, output: FileHandle) {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
        return (process, output.fileHandleForReading)
    }

    /// The server says `ACCEPT 127.0.0.1:port` once it listens.
    private static func port(from output: FileHandle) -> Int {
        var said = ""
        while true {
            let data = output.availableData
            if data.isEmpty { return 0 }
            said += String(decoding: data, as: UTF8.self)
            if let line = said.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                .first(where: { $0.hasPrefix("ACCEPT ") }),
                let colon = line.lastIndex(of: ":")
            {
                return Int(line[line.index(after: colon)...]) ?? 0
            }
        }
    }
}
