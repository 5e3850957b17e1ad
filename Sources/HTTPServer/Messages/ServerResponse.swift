import Glibc

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
    static let unanswered = problem(500, "Internal Server Error", "The request was not answered.")
    /// For exchanges still open when the server must stop.
    static let stopping = problem(
        503, "Service Unavailable", "The server is stopping.", [("Retry-After", "5")])
    static let overBudget = problem(
        503, "Service Unavailable", "Too many bodies are under way.", [("Retry-After", "10")])
    static let malformed = problem(400, "Bad Request", "The request is malformed.")
    static let headTooLarge = problem(
        431, "Request Header Fields Too Large", "The head of the request is too large.")
    static let lengthTooLarge = problem(
        413, "Content Too Large", "The declared length is larger than any body may be.")
    static let tooSlow = problem(408, "Request Timeout", "The request came too slowly.")

    /// What the server says by itself, before or instead of its handler: an RFC 9457 problem.
    /// - Parameter detail: words that need no escapes.
    private static func problem(
        _ status: Int, _ title: String, _ detail: String, _ headers: [(String, String)] = []
    ) -> ServerResponse {
        let body =
            #"{"type":"about:blank","title":"\#(title)","status":\#(status),"#
            + #""detail":"\#(detail)"}"# + "\n"
        return ServerResponse(
            status: status, headers: [("Content-Type", "application/problem+json")] + headers,
            body: Array(body.utf8), closeConnection: status != 500)
    }

    /// The answer as bytes, for the places where it must bypass the library.
    func serialized() -> [UInt8] {
        var head = "HTTP/1.1 \(status) \(Self.reason(status))\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += "Date: \(Self.now)\r\n"
        head += "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + body
    }

    private static func reason(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 431: "Request Header Fields Too Large"
        case 503: "Service Unavailable"
        default: "Refused"
        }
    }

    /// RFC 9110, section 5.6.7.
    private static var now: String {
        var seconds = time(nil)
        var parts = unsafe tm()
        unsafe gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = unsafe strftime(&text, text.count, "%a, %d %b %Y %H:%M:%S GMT", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
