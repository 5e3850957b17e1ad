package import RelayCore

/// A delivery an operator chose, with what its row must still say when the change comes to it:
/// when it has been finished, tried or moved meanwhile, the change leaves it alone.
package struct ChosenDelivery: Sendable, Hashable {
    package let key: DeliveryKey
    package let state: DeliveryState
    let attempts: Int
    /// Of the queue's row its due time, of a final row when it was finished.
    let markMs: Int64

    init(key: DeliveryKey, state: DeliveryState, attempts: Int, markMs: Int64) {
        self.key = key
        self.state = state
        self.attempts = attempts
        self.markMs = markMs
    }

    /// Nil for a duplicate, which goes nowhere.
    package init?(_ record: DeliveryRecord) {
        guard let state = record.state,
            let markMs = record.queuedDueAtMs ?? record.finishedAt?.milliseconds
        else { return nil }
        key = record.key
        self.state = state
        attempts = record.attempts
        self.markMs = markMs
    }
}
