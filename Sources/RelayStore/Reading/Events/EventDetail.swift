package import RelayCore

/// One event with everything the store knows of it.
package struct EventDetail: Sendable {
    package struct Delivery: Sendable {
        package let record: DeliveryRecord
        /// Oldest first; the one that ended the delivery is the last.
        package let history: [HistoryEntry]
    }

    package struct HistoryEntry: Sendable, Hashable {
        package let number: Int
        package let attempt: Attempt
    }

    package let id: EventID
    package let source: String
    package let hook: String
    package let receivedAt: Timestamp
    package let bytes: Int
    package let lane: String?
    package let sha256: [UInt8]
    package let deliveryID: String?
    package let isParsable: Bool
    package let remoteAddress: String
    package let query: String?
    /// In the order of arrival, names as received.
    package let headers: [(name: String, value: String)]
    /// Personal data was taken out at this time; the body is empty since.
    package let erasedAt: Timestamp?
    package let duplicateOf: EventID?
    /// Repeats of this event among those that came soon after it.
    package let duplicates: Int
    package let deliveries: [Delivery]
    package let body: [UInt8]
}
