/// One request, complete: the client adds only `User-Agent`, `Accept`, `Host` and the length.
package struct ClientRequest: Sendable {
    package var method: String
    package var url: String
    /// Whole lines, `Name: value`. Keep one array for equal lines: the lines of an array that a
    /// transfer has seen just before are not laid out again.
    package var headers: [String]
    /// Not copied; the transfer keeps the array alive until it is done.
    package var body: [UInt8]
    /// From the `send` to the last byte of the answer, waiting for a free connection included.
    package var timeoutMs: Int
    package var connectTimeoutMs: Int

    package init(
        method: String = "POST", url: String, headers: [String] = [], body: [UInt8] = [],
        timeoutMs: Int = 30_000, connectTimeoutMs: Int = 10_000
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeoutMs = timeoutMs
        self.connectTimeoutMs = connectTimeoutMs
    }
}
