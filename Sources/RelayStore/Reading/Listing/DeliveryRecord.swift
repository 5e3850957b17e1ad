package import RelayCore

/// One delivery as operators see it.
package struct DeliveryRecord: Sendable, Hashable {
    package let key: DeliveryKey
    /// Of the queue's row, for changes: 0 when never tried; nil when it is not in the queue.
    package let queuedDueAtMs: Int64?

    package let id: EventID
    package let source: String
    package let hook: String
    /// Nil for a duplicate, which goes nowhere.
    package let destination: String?
    /// Nil for a duplicate.
    package let state: DeliveryState?
    package let attempts: Int
    package let receivedAt: Timestamp
    /// Of the next try; nil when there will be none.
    package let dueAt: Timestamp?
    package let finishedAt: Timestamp?
    /// Size of the body as received.
    package let bytes: Int
    package let lane: String?
    package let lastStatus: Int?
    package let lastError: String?
    package let errorClass: String?
    package let tracer: String?
    package let duplicateOf: EventID?
    /// Its body is there and is JSON, so that it can be sent (again).
    package let isSendable: Bool
}
