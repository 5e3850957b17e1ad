import Foundation
import Glibc

/// A `serve` of the measured program.
final class RelayChild {
    private let process = Process()
    let port: Int

    init(program: String, configuration: String, log: String, port: Int) throws(BenchFailure) {
        self.port = port
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve", "--config", configuration]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = RelayChild.openLog(log)
        do {
            try process.run()
        } catch {
            throw BenchFailure("\(program): cannot be started")
        }
        LiveThings.shared.add(process: process.processIdentifier)
    }

    deinit { kill() }

    var usage: ProcessUsage { ProcessUsage(of: process.processIdentifier) }

    /// Since the call; nil after the limit.
    func firstAcceptanceNs(limitMs: Int) -> Int64? {
        Load(port: port).firstAcceptanceNs(limitMs: limitMs)
    }

    /// As a crash would.
    func kill() {
        guard process.isRunning else { return }
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        LiveThings.shared.remove(process: process.processIdentifier)
    }

    private static func openLog(_ path: String) -> FileHandle {
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil)
        }
        guard let file = FileHandle(forWritingAtPath: path) else { return .nullDevice }
        _ = try? file.seekToEnd()
        return file
    }
}
