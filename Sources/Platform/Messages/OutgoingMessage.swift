package import RelayCore

/// One event on its way to an inlet.
package struct OutgoingMessage: Sendable {
    package var id: EventID
    package var receivedAt: Timestamp
    package var source: String
    package var hook: String
    /// Counts sends; the first is 1.
    package var attempt: Int
    /// One JSON text, checked at intake.
    package var body: [UInt8]

    package init(
        id: EventID, receivedAt: Timestamp, source: String, hook: String, attempt: Int,
        body: [UInt8]
    ) {
        self.id = id
        self.receivedAt = receivedAt
        self.source = source
        self.hook = hook
        self.attempt = attempt
        self.body = body
    }
}
