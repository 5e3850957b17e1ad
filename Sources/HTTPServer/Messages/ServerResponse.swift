/// An answer. `Date`, `Content-Length` and `Connection` are added by the server.
package struct ServerResponse: Sendable {
    package var status: Int
    package var headers: [(String, String)]
    package var body: [UInt8]
    package var closeConnection: Bool

    package init(
        status: Int, headers: [(String, String)] = [], body: [UInt8] = [],
        closeConnection: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.closeConnection = closeConnection
    }

    package static func text(
        _ status: Int, _ text: String, closeConnection: Bool = false
    ) -> ServerResponse {
        ServerResponse(
            status: status, headers: plainText, body: Array(text.utf8),
            closeConnection: closeConnection)
    }

    private static let plainText = [("Content-Type", "text/plain; charset=utf-8")]

    /// For an exchange whose handler never answered.
    static let unanswered = ServerResponse.text(500, "no answer\n")
    /// For exchanges still open when the server must stop.
    static let stopping = ServerResponse.text(503, "stopping\n", closeConnection: true)
    static let malformed = ServerResponse.text(400, "malformed request\n", closeConnection: true)
    static let headTooLarge = ServerResponse.text(
        431, "request header too large\n", closeConnection: true)

    /// The answer as bytes, for the places where it must bypass the library.
    func serialized() -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + body
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        default: "Refused"
        }
    }
}
