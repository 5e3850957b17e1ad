/// What a proven request says about its delivery.
package struct VerifiedSender: Sendable, Equatable {
    /// The sender's own id, the same at each of his attempts: the duplicate key.
    package let deliveryID: String?
    /// As the scheme's header names it; the header itself is kept with the event.
    package let eventType: String?

    package init(deliveryID: String?, eventType: String?) {
        self.deliveryID = deliveryID
        self.eventType = eventType
    }
}
