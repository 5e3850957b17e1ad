internal import RelayCore

/// Bounds on what one request may cost before or after it has been verified.
extension Limits {
    /// Signatures in one request that are looked at: each may cost a check with every key. Senders
    /// that change keys send two. More: 401, as a failed check.
    static let signaturesPerRequest = 16

    /// Events in one batch for a drop-in inlet; Platform's own illustration is 200. More: 413.
    static let messagesPerBatch = 4096
}
