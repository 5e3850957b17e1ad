internal import RelayCore

/// Several messages in one request.
struct BatchSettings: Sendable, Equatable {
    let maxMessages: Int
    let maxBytes: Int
    /// How long a request may wait for company.
    let lingerMs: Int

    init(_ reader: ObjectReader) {
        maxMessages = reader.value("maxMessages", .integer(in: 1...10_000), default: 200)
        maxBytes = reader.value(
            "maxBytes", .integer(in: 1024...Limits.platformRequestBytes), default: 900_000)
        lingerMs = reader.value("lingerMs", .integer(in: 0...60_000), default: 0)
    }
}
