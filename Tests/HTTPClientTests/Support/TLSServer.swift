import Foundation
import RelayTesting

/// `openssl s_server` with a certificate of its own for 127.0.0.1, in a folder of its own.
final class TLSServer: Sendable {
    let folder: URL
    let port: Int
    private let server: ChildProcess

    var caFile: String { folder.appending(path: "cert.pem").path }
    var url: String { "https://127.0.0.1:\(port)/" }

    init(isExpired: Bool = false) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Certificate.make(in: folder, isExpired: isExpired)
        // -www answers any GET with a status page.
        server = try ChildProcess(
            "/usr/bin/openssl",
            [
                "s_server", "-accept", "127.0.0.1:0", "-www", "-key",
                folder.appending(path: "key.pem").path, "-cert",
                folder.appending(path: "cert.pem").path,
            ])
        // Once it listens it says where.
        let said = try server.output.line(containing: "ACCEPT ")
        port = said.split(separator: ":").last.flatMap { Int($0) } ?? 0
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
}
