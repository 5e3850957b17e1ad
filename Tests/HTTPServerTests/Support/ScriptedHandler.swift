import HTTPServer

/// Collects bodies up to a limit, refuses paths under `/refused`, and answers as told.
final class ScriptedHandler: RequestHandler {
    let bodyLimitBytes: Int
    private let onRequest: @Sendable (ServerRequest, Exchange) -> Void

    init(
        bodyLimitBytes: Int = 1_000_000,
        onRequest: @escaping @Sendable (ServerRequest, Exchange) -> Void
    ) {
        self.bodyLimitBytes = bodyLimitBytes
        self.onRequest = onRequest
    }

    /// Answers with the body it was sent.
    static func echo(bodyLimitBytes: Int = 1_000_000) -> ScriptedHandler {
        ScriptedHandler(bodyLimitBytes: bodyLimitBytes) { request, exchange in
            exchange.answer(
                ServerResponse(
                    status: 200, headers: [("Content-Type", "text/plain")], body: request.body))
        }
    }

    /// Answers with what the closure makes of the request.
    static func describing(
        _ describe: @escaping @Sendable (ServerRequest) -> String
    ) -> ScriptedHandler {
        ScriptedHandler { request, exchange in exchange.answer(.text(200, describe(request))) }
    }

    func admit(_ head: RequestHead) -> Admission {
        if head.path.hasPrefix("/refused") { return .answer(.text(404, "not here")) }
        return .collect(bodyLimitBytes: bodyLimitBytes)
    }

    func bodyTooLarge(_ head: RequestHead) -> ServerResponse { .text(413, "too large") }

    func respond(to request: ServerRequest, exchange: Exchange) { onRequest(request, exchange) }
}
