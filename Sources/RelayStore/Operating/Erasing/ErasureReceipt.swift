/// What an erasure took out, to be filed. It holds nothing of what was erased.
package struct ErasureReceipt: Sendable {
    package var events = 0
    package var bodyBytes = 0
    /// Deliveries that still waited and were given up.
    package var discarded = 0
    /// Excerpts of answers and reasons that quoted it, of these events or of others.
    package var messages = 0
    /// Replays whose words or patch named it.
    package var replays = 0
    /// Free pages were given back, and the log was cut to nothing.
    package var isLogCleared = false

    package init() {}

    package var isEmpty: Bool { events + discarded + messages + replays == 0 }

    package static func += (left: inout ErasureReceipt, right: ErasureReceipt) {
        left.events += right.events
        left.bodyBytes += right.bodyBytes
        left.discarded += right.discarded
        left.messages += right.messages
        left.replays += right.replays
    }
}
