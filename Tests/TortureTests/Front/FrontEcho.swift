import Dispatch
import HTTPServer

/// Says what it was asked, here and there later and from another thread.
final class FrontEcho: RequestHandler {
    static let bodyLimitBytes = 20_000

    private let queue = DispatchQueue(label: "front.echo")

    static func description(
        _ method: String, _ path: String, _ query: String?, _ body: [UInt8]
    ) -> String {
        let sum = body.reduce(UInt64(14_695_981_039_346_656_037)) {
            ($0 ^ UInt64($1)) &* 1_099_511_628_211
        }
        return "\(method) \(path) \(query ?? "-") \(body.count) \(sum)"
    }

    func admit(_ head: RequestHead) -> Admission { .collect(bodyLimitBytes: Self.bodyLimitBytes) }

    func bodyTooLarge(_ head: RequestHead) -> ServerResponse {
        ServerResponse(
            status: 413, headers: [("Content-Type", "application/problem+json")],
            body: Array("{}".utf8), closeConnection: true)
    }

    func respond(to request: ServerRequest, exchange: Exchange) {
        let head = request.head
        let words = Self.description(head.method, head.path, head.query, request.body)
        let answer = ServerResponse.text(200, words)
        if request.body.count % 2 == 0 { return exchange.answer(answer) }
        queue.async { exchange.answer(answer) }
    }
}
