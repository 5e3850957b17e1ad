import HTTPServer
import RelayCore

/// A request that has passed the gateway.
struct GatewayCall {
    let request: ServerRequest
    /// The path behind the service's own prefix, cut at the slashes and decoded.
    let path: [String]
    let query: FormFields
    let now: Timestamp

    init(_ request: ServerRequest, rest: String, now: Timestamp) {
        self.request = request
        self.now = now
        path = rest.split(separator: "/").map { FormFields.decoded($0.utf8) }
        query = FormFields(request.head.query ?? "")
    }

    var method: String { request.head.method }

    /// Whoever reached us under this address will reach the inlets under it as well.
    var base: String {
        "\(request.head.isTLS ? "https" : "http")://\(request.head.first("host") ?? "localhost")"
    }

    func json() throws(GatewayError) -> JSONValue {
        do throws(JSONError) { return try JSONValue.parse(request.body) } catch {
            throw GatewayError(400, "1001-400", "The request body is not valid JSON: \(error)")
        }
    }

    func object() throws(GatewayError) -> JSONObject {
        guard let object = try json().object else {
            throw GatewayError(400, "1001-400", "The request body must be an object")
        }
        return object
    }
}
