import HTTPServer
import RelayCore

/// Why a request, or one message of a batch, is not accepted: the bodies of the contract.
struct Refusal: Error {
    let status: Int
    let title: String
    /// Nil for an answer without a body.
    let message: String?
    /// Other words for it in the connector's dialect.
    var connectorMessage: String?
    var cause: JSONValue?
    var retryAfterSeconds = 0

    init(_ status: Int, _ title: String, _ message: String?, cause: JSONValue? = nil) {
        self.status = status
        self.title = title
        self.message = message
        self.cause = cause
    }

    static let inletType = "http://ns.adobe.com/adobecloud/problem/data-collection-service/inlet"
    static let authorizationType =
        "https://ns.adobe.com/adobecloud/problem/data-collection-service-authorization"

    var reply: Reply {
        guard let message else { return .empty(status) }
        var report: JSONObject = JSONObject([.init(key: "message", value: .string(message))])
        if let cause { report["cause"] = cause }
        let isAuthorization = title == "Authorization"
        var reply = Reply.json(
            status,
            [
                "type": .string(isAuthorization ? Self.authorizationType : Self.inletType),
                // The authorization service writes its status as a string.
                "status": isAuthorization ? .string(String(status)) : .integer(status),
                "title": .string(title),
                "report": .object(report),
            ])
        if retryAfterSeconds > 0 {
            reply.response.headers.append(("Retry-After", String(retryAfterSeconds)))
        }
        return reply
    }

    static func format(_ inlet: Inlet, _ message: String, cause: JSONValue? = nil) -> Refusal {
        let place = "inletId: [\(inlet.id)] imsOrgId: [\(inlet.organisation)]"
        return Refusal(400, "Invalid XDM Message Format", "\(place) \(message)", cause: cause)
    }

    static func authorization(_ status: Int, _ message: String) -> Refusal {
        Refusal(status, "Authorization", message)
    }

    static func tooMany(_ retryAfterSeconds: Int) -> Refusal {
        var refusal = Refusal(429, "Too Many Requests", "Request rate exceeded")
        refusal.retryAfterSeconds = retryAfterSeconds
        return refusal
    }
}
