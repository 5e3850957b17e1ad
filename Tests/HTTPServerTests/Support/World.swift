import Foundation
import HTTPServer

/// One server on a free port, with its own folder, stopped and removed with the last reference.
final class World: Sendable {
    let server: Server
    let folder: URL

    init(
        _ handler: any RequestHandler, listen sockets: [ListenSocket]? = nil,
        _ adjust: (inout ServerOptions) -> Void = { _ in }
    ) throws {
        folder = try Self.makeFolder()
        var options = ServerOptions()
        options.threads = 1
        adjust(&options)
        let listeners = try sockets ?? [ListenSocket.tcp(host: "127.0.0.1", port: 0)]
        server = try Server(listen: listeners, options: options, handler: handler)
    }

    deinit {
        server.stop(graceMs: 0)
        try? FileManager.default.removeItem(at: folder)
    }

    func connect() throws -> RawClient { try RawClient(port: server.ports[0]) }

    static func makeFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("http-server-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }
}
