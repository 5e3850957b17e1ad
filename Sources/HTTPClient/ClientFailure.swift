/// Why there is no answer. An answer with any status is a `ClientResponse`, never a failure.
package struct ClientFailure: Error, Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case resolve
        case connect
        case tls
        case timeout
        /// The connection ended before the answer was complete.
        case reset
        /// What came back is not HTTP, or too much of it.
        case protocolError
        case cancelled
        /// Nothing was sent: the URL, the method or a header line is not allowed.
        case refusedByPolicy
        case other
    }

    package var kind: Kind
    /// For people. Holds neither userinfo nor path nor query of the URL.
    package var message: String
    /// True once any byte of the request has left, so that the outcome is unknown.
    package var requestMayHaveArrived: Bool

    package init(kind: Kind, message: String, requestMayHaveArrived: Bool) {
        self.kind = kind
        self.message = message
        self.requestMayHaveArrived = requestMayHaveArrived
    }
}
