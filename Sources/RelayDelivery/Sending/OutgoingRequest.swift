package import HTTPClient

/// One request, ready to leave.
package struct OutgoingRequest: Sendable {
    package let request: ClientRequest
    package let policy: ClientPolicy

    package init(request: ClientRequest, policy: ClientPolicy) {
        self.request = request
        self.policy = policy
    }
}
