package import HTTPServer
package import RelayCore
import RelayStore

/// The refusals, as RFC 9457 problem documents. None says more than a stranger may know.
package enum Problem {
    static let notFound = response(
        404, "Not Found", "No hook listens here. Check source, hook and token of the URL.")
    static let methodNotAllowed = response(
        405, "Method Not Allowed", "A hook takes POST.", [("Allow", "POST")])
    static let tooLarge = response(
        413, "Content Too Large", "The body is longer than this relay takes.", close: true)
    static let queryTooLong = response(414, "URI Too Long", "The query string is too long.")

    /// The same for every cause. Closing makes it the same whether the body was read or not.
    static func unauthorized(challenge: String?) -> ServerResponse {
        response(
            401, "Unauthorized", "The request could not be verified.",
            challenge.map { [("WWW-Authenticate", $0)] } ?? [], close: true)
    }

    /// Nothing was promised: the sender should try again.
    static func unavailable(
        _ refusal: Acceptance.Refusal, retryAfterSeconds: Int
    ) -> ServerResponse {
        response(
            503, "Service Unavailable", reason(refusal),
            [("Retry-After", String(retryAfterSeconds))])
    }

    /// More bodies are coming than the relay has memory for.
    static func overBudget(retryAfterSeconds: Int) -> ServerResponse {
        response(
            503, "Service Unavailable", tooManyBodies,
            [("Retry-After", String(retryAfterSeconds))], close: true)
    }

    static let tooManyBodies =
        "The relay receives too much at once. The event was not stored; send it again."

    static func reason(_ refusal: Acceptance.Refusal) -> String {
        let cause =
            switch refusal {
            case .diskFull: "The relay's disk has reached its reserve."
            case .failed: "The relay's store has failed."
            case .overloaded: "The relay's disk does not keep up."
            case .stopping: "The relay is stopping."
            }
        return cause + " The event was not stored; send it again."
    }

    /// The times differ so that a crowd does not come back as one.
    static func retryAfterSeconds() -> Int { Int.random(in: 5...15) }

    package static func response(
        _ status: Int, _ title: String, _ detail: String, _ headers: [(String, String)] = [],
        close: Bool = false, members: [JSONObject.Member] = []
    ) -> ServerResponse {
        let body = JSONObject(
            [
                .init(key: "type", value: "about:blank"),
                .init(key: "title", value: .string(title)),
                .init(key: "status", value: .number(JSONNumber(status))),
                .init(key: "detail", value: .string(detail)),
            ] + members)
        return ServerResponse(
            status: status, headers: [("Content-Type", "application/problem+json")] + headers,
            body: JSONValue.object(body).serialized() + [UInt8(ascii: "\n")],
            closeConnection: close)
    }
}
