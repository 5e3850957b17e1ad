import RelayCore
package import RelayStore

/// What goes to a destination in one request: one delivery, or several of a batch in their order.
package struct Parcel: Sendable {
    package let claims: [Claim]

    package init(claims: [Claim]) {
        self.claims = claims
    }

    /// All of it was tried before, or sent again by an operator; else none of it.
    var isRetry: Bool { claims.first.map { $0.dueAtMs > 0 } ?? false }

    /// Continues the trace of the event, with a new step for each attempt. A request with several
    /// events belongs to no single trace, and HTTP has no way to say that it belongs to many.
    var traceHeaders: [String] {
        guard claims.count == 1, let trace = claims[0].trace else { return [] }
        return trace.headers(span: UInt64.random(in: 1...UInt64.max))
    }

    /// Two parcels of about half each, when there is more than one claim.
    func halves() -> [Parcel] {
        guard claims.count > 1 else { return [self] }
        let middle = (claims.count + 1) / 2
        return [
            Parcel(claims: Array(claims[..<middle])),
            Parcel(claims: Array(claims[middle...])),
        ]
    }
}
