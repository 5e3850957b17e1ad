import HTTPServer
import RelayCore
import RelayStore

/// The refusals, as RFC 9457 problem documents. None says more than a stranger may know.
enum Problem {
    static let notFound = response(
        404, "Not Found", "No hook listens here. Check source, hook and token of the URL.")
    static let methodNotAllowed = response(
        405, "Method Not Allowed", "A hook takes POST.", [("Allow", "POST")])
    static let tooLarge = response(
        413, "Content Too Large", "The body is longer than this relay takes.", close: true)
    static let queryTooLong = response(414, "URI Too Long", "The query string is too long.")
    static let unauthorized = response(
        401, "Unauthorized", "The request could not be verified.")

    /// Nothing was promised: the sender should try again. The times differ so that a crowd does
    /// not come back as one.
    static func unavailable(_ refusal: Acceptance.Refusal, retryAfterSeconds: Int) -> ServerResponse {
        let detail =
            switch refusal {
            case .diskFull: "The relay's disk has reached its reserve."
            case .failed: "The relay's store has failed."
            case .overloaded: "The relay's disk does not keep up."
            case .stopping: "The relay is stopping."
            }
        return response(
            503, "Service Unavailable", detail + " The event was not stored; send it again.",
            [("Retry-After", String(retryAfterSeconds))])
    }

    private static func response(
        _ status: Int, _ title: String, _ detail: String, _ headers: [(String, String)] = [],
        close: Bool = false
    ) -> ServerResponse {
        let body: JSONValue = [
            "type": "about:blank", "title": .string(title), "status": .number(JSONNumber(status)),
            "detail": .string(detail),
        ]
        return ServerResponse(
            status: status, headers: [("Content-Type", "application/problem+json")] + headers,
            body: body.serialized() + [UInt8(ascii: "\n")], closeConnection: close)
    }
}
