import RelayCore

/// An error of Platform's own interfaces. Adobe publishes the codes; the envelope of the services
/// behind the gateway is our reading of the few examples there are.
struct GatewayError: Error {
    let status: Int
    let body: JSONValue

    init(_ status: Int, _ code: String, _ message: String) {
        self.status = status
        body = ["errorCode": .string(code), "errorMessage": .string(message)]
    }

    private init(status: Int, body: JSONValue) {
        self.status = status
        self.body = body
    }

    /// Of the gateway itself; the status is the first half of the code.
    static func gateway(_ code: Int, _ message: String) -> GatewayError {
        GatewayError(
            status: code / 1000,
            body: ["error_code": .string(String(code)), "message": .string(message)])
    }

    static let contentType = GatewayError(
        status: 400,
        body: [
            "type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError",
            "detail": "A valid content-type must be specified",
        ])

    static func notFound(_ what: String, _ id: String) -> GatewayError {
        GatewayError(404, "1101-404", "No \(what) found with id \(id)")
    }

    static let noSuchCall = GatewayError(404, "1101-404", "No such resource")

    var reply: Reply { .json(status, body) }
}
