package import RelayCore

/// One destination: what waits for it, what the operator said, and what the relay last said.
package struct DestinationStatus: Sendable {
    package struct Hold: Sendable, Hashable {
        package let heldAt: Timestamp
        /// Nil: until it is released.
        package let until: Timestamp?
        package let reason: String
    }

    package struct Gate: Sendable, Hashable {
        package let state: String
        package let until: Timestamp?
        package let inFlight: Int
        package let window: Int
        package let lastError: String?
        package let lastErrorAt: Timestamp?
        package let saidAt: Timestamp
        /// Of the access token, where one is needed.
        package let tokenExpiresAt: Timestamp?
    }

    package let name: String
    package let counts: StateCounts
    /// Of the oldest delivery that waits.
    package let oldestReceivedAt: Timestamp?
    package let hold: Hold?
    /// Nil when no relay has spoken of it yet.
    package let gate: Gate?

    /// A hold is the operator's word and known without the relay; anything else is the relay's.
    package var state: String {
        if hold != nil { return "held" }
        guard let gate else { return "unknown" }
        return gate.state
    }

    /// As the relay last said; nil: it has not spoken for a while, or never.
    package func requestsInFlight(at now: Timestamp) -> Int? {
        guard let gate else { return nil }
        guard gate.inFlight > 0 else { return 0 }
        return abs(now.millisecondsSince(gate.saidAt)) < StoreReader.gateFreshMs
            ? gate.inFlight : nil
    }

    package func json(now: Timestamp) -> JSONObject {
        var object = JSONObject()
        object.append("name", name)
        object.append("state", state)
        object.append("until", hold.map(\.until) ?? gate?.until)
        object.append("reason", hold?.reason)
        object.append("window", gate?.window)
        object.append("requestsInFlight", requestsInFlight(at: now))
        object.append("tokenExpiresAt", gate?.tokenExpiresAt)
        object.append("lastError", gate?.lastError)
        object.append("lastErrorAt", gate?.lastErrorAt)
        object.append("saidAt", gate?.saidAt)
        object.append("oldestQueuedSeconds", oldestReceivedAt?.wholeSeconds(before: now))
        object.append("counts", .object(counts.json))
        return object
    }
}

extension Timestamp {
    /// Never negative: the clock may have gone back since.
    package func wholeSeconds(before now: Timestamp) -> Int {
        Int(max(0, now.millisecondsSince(self)) / 1000)
    }
}
