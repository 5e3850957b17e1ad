import HTTPServer

/// The same server with the same options, answering without storing.
final class CeilingServer {
    private let server: Server
    let port: Int

    init(_ options: ServerOptions) throws {
        let socket = try ListenSocket.tcp(host: "127.0.0.1", port: 0)
        server = try Server(listen: [socket], options: options, handler: Handler())
        port = server.ports.compactMap { $0 }.first ?? 0
    }

    func stop() { server.stop(graceMs: 0) }

    private final class Handler: RequestHandler {
        private static let headers = [("Content-Type", "application/json")]
        private static let body = Array(#"{"id":"00000000000000000000000000"}"#.utf8)

        func admit(_ head: RequestHead) -> Admission { .collect(bodyLimitBytes: 1_048_576) }

        func bodyTooLarge(_ head: RequestHead) -> ServerResponse { .text(413, "too large\n") }

        func respond(to request: ServerRequest, exchange: Exchange) {
            exchange.answer(
                ServerResponse(status: 200, headers: Handler.headers, body: Handler.body))
        }
    }
}
