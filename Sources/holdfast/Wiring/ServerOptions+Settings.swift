import Foundation
import HTTPServer
import RelayCore

extension ServerOptions {
    /// Reads the certificate anew each time, so that a renewed one is taken up by SIGHUP.
    init(_ settings: IntakeSettings) throws {
        self.init()
        threads = 2
        maxConnections = settings.maxConnections
        maxConnectionsPerAddress = settings.maxConnectionsPerAddress
        headerTimeoutMs = settings.headerTimeoutMs
        bodyTimeoutMs = settings.bodyTimeoutMs
        bodyMinimumBytesPerSecond = Limits.bodyBytesPerSecondMinimum
        idleTimeoutMs = Limits.idleTimeoutMs
        maxHeaderBytes = Limits.headBytes
        maxCollectedBytes = Limits.collectedBytes
        guard let tls = settings.tls else { return }
        self.tls = TLSIdentity(
            certificatePEM: try ServerOptions.read(tls.certificatePath),
            keyPEM: try ServerOptions.read(tls.keyPath))
    }

    private static func read(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw WiringError.unreadable(path: path, reason: "missing or not permitted")
        }
        return [UInt8](data)
    }
}
