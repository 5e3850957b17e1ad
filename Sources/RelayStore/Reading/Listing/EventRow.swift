import RelayCore

/// What a listing needs of an event. The body stays where it is.
struct EventRow {
    let receivedAt: Timestamp
    let source: Int64
    let hook: Int64
    let lane: String?
    let bytes: Int
    let duplicateOf: Int64?
    /// JSON, and not erased.
    var isSendable = true
}
