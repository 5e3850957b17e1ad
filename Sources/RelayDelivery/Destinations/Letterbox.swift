package import HTTPClient

/// How the requests of one destination leave: what the connection may do, and for how long.
package struct Letterbox: Sendable {
    package let policy: ClientPolicy
    package let timeoutMs: Int
    package let connectTimeoutMs: Int

    package init(policy: ClientPolicy, timeoutMs: Int, connectTimeoutMs: Int) {
        self.policy = policy
        self.timeoutMs = timeoutMs
        self.connectTimeoutMs = connectTimeoutMs
    }

    func request(url: String, headers: [String], body: [UInt8]) -> OutgoingRequest {
        OutgoingRequest(
            request: ClientRequest(
                url: url, headers: headers, body: body, timeoutMs: timeoutMs,
                connectTimeoutMs: connectTimeoutMs),
            policy: policy)
    }
}
