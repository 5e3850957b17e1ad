import HTTPServer
import RelayCore
import RelayIntake
import RelayRuntime

/// The answers of the admin listener.
enum AdminAnswer {
    /// What is true now is not true for long.
    private static let fresh = ("Cache-Control", "no-store")

    static func json(_ value: JSONValue) -> ServerResponse {
        ServerResponse(
            status: 200, headers: [("Content-Type", "application/json"), fresh],
            body: value.serialized() + [UInt8(ascii: "\n")])
    }

    static func metrics(_ families: [MetricFamily]) -> ServerResponse {
        ServerResponse(
            status: 200, headers: [("Content-Type", Exposition.contentType), fresh],
            body: Array(Exposition.text(families).utf8))
    }

    static let notFound = problem(404, "Not Found", "The admin listener has no such page.")

    static func noSuch(_ what: String) -> ServerResponse { problem(404, "Not Found", what) }

    static func methodNotAllowed(_ route: AdminRoute) -> ServerResponse {
        let methods = route.methods.joined(separator: ", ")
        return problem(
            405, "Method Not Allowed", "This page takes \(methods).", [("Allow", methods)])
    }

    static let tooLarge = problem(
        413, "Content Too Large", "The admin listener takes its parameters from the query.",
        close: true)

    static func badRequest(_ detail: String) -> ServerResponse {
        problem(400, "Bad Request", detail)
    }

    static func unauthorized(challenge: String) -> ServerResponse {
        problem(
            401, "Unauthorized", "Send the admin token as Authorization: Bearer.",
            [("WWW-Authenticate", challenge)])
    }

    static let noToken = problem(
        403, "Forbidden",
        "Set admin.token in the configuration to open this page; without it only /healthz, "
            + "/readyz and /metrics are served.")

    static let busy = problem(
        503, "Service Unavailable", "Too many questions wait already; ask again.",
        [("Retry-After", "1")])

    static func unavailable(_ detail: String) -> ServerResponse {
        problem(503, "Service Unavailable", detail, [("Retry-After", "5")])
    }

    /// One verdict on the relay: 200, or 503 with every reason.
    static func verdict(_ name: String, reasons: [String]) -> ServerResponse {
        guard !reasons.isEmpty else {
            return json(.object(JSONObject([.init(key: name, value: .bool(true))])))
        }
        return problem(
            503, "Service Unavailable", reasons.joined(separator: " "),
            members: [
                .init(key: name, value: .bool(false)),
                .init(key: "reasons", value: .array(reasons.map { .string($0) })),
            ])
    }

    private static func problem(
        _ status: Int, _ title: String, _ detail: String, _ headers: [(String, String)] = [],
        close: Bool = false, members: [JSONObject.Member] = []
    ) -> ServerResponse {
        Problem.response(
            status, title, detail, headers + [fresh], close: close, members: members)
    }
}
