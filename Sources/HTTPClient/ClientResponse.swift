/// The final answer: interim 1xx answers and trailers are left out, redirects are not followed.
package struct ClientResponse: Sendable {
    package var status: Int
    package var headers: ResponseHeaders
    package var body: [UInt8]
    /// The body was longer than the policy's limit, or was cut at its hard cap.
    package var bodyTruncated: Bool
    package var totalMs: Int
    /// `1.0`, `1.1` or `2`.
    package var httpVersion: String
    /// The address that answered; empty where curl does not know it.
    package var primaryIP: String
    package var reusedConnection: Bool

    package init(
        status: Int, headers: ResponseHeaders = ResponseHeaders([]), body: [UInt8] = [],
        bodyTruncated: Bool = false, totalMs: Int = 0, httpVersion: String = "1.1",
        primaryIP: String = "", reusedConnection: Bool = false
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.bodyTruncated = bodyTruncated
        self.totalMs = totalMs
        self.httpVersion = httpVersion
        self.primaryIP = primaryIP
        self.reusedConnection = reusedConnection
    }
}
