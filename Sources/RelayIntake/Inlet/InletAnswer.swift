import HTTPServer
import RelayCore
import RelayStore

/// The answers of a drop-in inlet, in Platform's own shapes.
enum InletAnswer {
    private static let json = [("Content-Type", "application/json")]
    private static let problemType =
        "http://ns.adobe.com/adobecloud/problem/data-collection-service/inlet"

    static func taken(_ id: EventID, by inlet: Inlet, at time: Timestamp) -> ServerResponse {
        let body: JSONValue = [
            "inletId": .string(inlet.id), "xactionId": .string(id.description),
            "receivedTimeMs": .number(JSONNumber(time.milliseconds)),
        ]
        return ServerResponse(status: 200, headers: json, body: body.serialized())
    }

    static func batch(
        _ elements: [JSONValue], batchID: EventID?, by inlet: Inlet, at time: Timestamp
    ) -> ServerResponse {
        var body = JSONObject([.init(key: "inletId", value: .string(inlet.id))])
        if let batchID { body["batchId"] = .string(batchID.description) }
        body["receivedTimeMs"] = .number(JSONNumber(time.milliseconds))
        body["responses"] = .array(elements)
        return ServerResponse(
            status: 207, headers: json, body: JSONValue.object(body).serialized())
    }

    static func element(_ id: EventID) -> JSONValue {
        ["xactionId": .string(id.description)]
    }

    /// Dialect A: a failed message has a status and no transaction.
    static func element(status: Int, message: String) -> JSONValue {
        ["statusCode": .number(JSONNumber(status)), "message": .string(message)]
    }

    static func malformed(_ inlet: Inlet, _ reason: String) -> ServerResponse {
        problem(400, "Invalid XDM Message Format", place(inlet) + reason)
    }

    static func flowRefused(_ inlet: Inlet) -> ServerResponse {
        malformed(inlet, unknownFlow)
    }

    static func elementFlowRefused(_ inlet: Inlet) -> JSONValue {
        element(status: 400, message: place(inlet) + unknownFlow)
    }

    static let tooLarge = problem(
        413, "Request Entity Too Large", "The request is longer than this relay takes.",
        close: true)
    static let tooMany = problem(
        413, "Request Entity Too Large",
        "A batch has at most \(Limits.messagesPerBatch) messages.")
    static let queryTooLong = problem(414, "URI Too Long", "The query string is too long.")
    static let methodNotAllowed = problem(
        405, "Method Not Allowed", "An inlet takes POST.", [("Allow", "POST")])

    static func unavailable(
        _ refusal: Acceptance.Refusal, retryAfterSeconds: Int
    ) -> ServerResponse {
        problem(
            503, "Service Unavailable", Problem.reason(refusal),
            [("Retry-After", String(retryAfterSeconds))])
    }

    static func overBudget(retryAfterSeconds: Int) -> ServerResponse {
        problem(
            503, "Service Unavailable", Problem.tooManyBodies,
            [("Retry-After", String(retryAfterSeconds))], close: true)
    }

    private static let unknownFlow = "Flow id is missing or unknown"

    private static func place(_ inlet: Inlet) -> String {
        "inletId: [\(inlet.id)] imsOrgId: [] "
    }

    private static func problem(
        _ status: Int, _ title: String, _ message: String, _ headers: [(String, String)] = [],
        close: Bool = false
    ) -> ServerResponse {
        let body: JSONValue = [
            "type": .string(problemType), "status": .number(JSONNumber(status)),
            "title": .string(title), "report": ["message": .string(message)],
        ]
        return ServerResponse(
            status: status, headers: json + headers, body: body.serialized(),
            closeConnection: close)
    }
}
