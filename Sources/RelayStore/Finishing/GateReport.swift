package import RelayCore

/// What the running relay says of one destination, for `status`.
package struct GateReport: Sendable, Equatable {
    package let destination: Int64
    package let state: String
    package let until: Timestamp?
    package let inFlight: Int
    package let window: Int
    package let lastError: String?
    package let lastErrorAt: Timestamp?
    /// Until when the access token is valid; nil: none is needed, or there is none.
    package let tokenExpiresAt: Timestamp?
    package let saidAt: Timestamp

    package init(
        destination: Int64, state: String, until: Timestamp?, inFlight: Int, window: Int,
        lastError: String?, lastErrorAt: Timestamp?, tokenExpiresAt: Timestamp? = nil,
        saidAt: Timestamp
    ) {
        self.destination = destination
        self.state = state
        self.until = until
        self.inFlight = inFlight
        self.window = window
        self.lastError = lastError
        self.lastErrorAt = lastErrorAt
        self.tokenExpiresAt = tokenExpiresAt
        self.saidAt = saidAt
    }

    /// Whether a later report would tell a reader nothing new. A report is renewed now and then
    /// while something is under way, so that a reader can tell a live relay from a dead one.
    package func says(_ later: GateReport) -> Bool {
        state == later.state && until == later.until && inFlight == later.inFlight
            && window == later.window && lastError == later.lastError
            && tokenExpiresAt == later.tokenExpiresAt
            && (later.inFlight == 0 || later.saidAt.millisecondsSince(saidAt) < 2000)
    }
}
