package import RelayCore

/// An event as intake hands it over: checked, not yet stored.
package struct NewEvent: Sendable {
    package let route: Route
    package let receivedAt: Timestamp
    package let remoteAddress: String
    package let query: String?
    /// `Name: value` lines, secrets masked.
    package let headers: [UInt8]
    package let body: [UInt8]
    /// SHA-256 of the body.
    package let sha256: [UInt8]
    /// The sender's own id for this delivery, where its scheme has one: then the duplicate key.
    package let deliveryID: String?
    package let lane: String?
    /// `false`: not JSON. Stored all the same and parked at once, for the sender cannot send again.
    package let isParsable: Bool
    /// Read from the headers, which are what is stored.
    package let trace: TraceContext?

    package init(
        route: Route, receivedAt: Timestamp, remoteAddress: String, query: String? = nil,
        headers: [UInt8] = [], body: [UInt8], sha256: [UInt8], deliveryID: String? = nil,
        lane: String? = nil, isParsable: Bool = true,
        trace: TraceContext? = nil
    ) {
        self.route = route
        self.receivedAt = receivedAt
        self.remoteAddress = remoteAddress
        self.query = query
        self.headers = headers
        self.body = body
        self.sha256 = sha256
        self.deliveryID = deliveryID
        self.lane = lane
        self.isParsable = isParsable
        self.trace = trace
    }
}
