import RelayCore

/// What came back over HTTP, as far as the readers look at it.
package struct PlatformAnswer: Sendable {
    package var status: Int
    /// The `Retry-After` header as it came.
    package var retryAfter: String?
    package var body: [UInt8]
    /// The answer was longer than what was read of it.
    package var isTruncated: Bool

    package init(
        status: Int, retryAfter: String? = nil, body: [UInt8] = [], isTruncated: Bool = false
    ) {
        self.status = status
        self.retryAfter = retryAfter
        self.body = body
        self.isTruncated = isTruncated
    }

    /// The body, when it is one complete JSON object.
    var object: JSONObject? {
        do throws(JSONError) {
            return try JSONValue.parse(body).object
        } catch {
            return nil
        }
    }

    var isSuccess: Bool { (200..<300).contains(status) }

    /// White space alone is no body: some servers end every answer with a line feed.
    var hasBody: Bool { body.contains { $0 > 0x20 } }
}
