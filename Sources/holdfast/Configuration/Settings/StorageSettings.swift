internal import RelayCore

struct StorageSettings: Sendable, Equatable {
    /// Below this much free disk new events are refused with 503.
    let reserveBytes: Int64
    let retention: RetentionSettings

    init(_ reader: ObjectReader) {
        reserveBytes = reader.value(
            "reserveBytes", .integer(in: 0...Int64.max), default: 536_870_912)
        retention = reader.value("retention", .object(RetentionSettings.init), default: [:])
    }
}

/// How long final rows are kept. Expired events are kept as long as dead ones.
struct RetentionSettings: Sendable, Equatable {
    let delivered: Span
    let dead: Span
    let discarded: Span

    init(_ reader: ObjectReader) {
        let field = Field<Span>.span(in: .seconds(60)...Span(milliseconds: 3650 * 86_400_000))
        delivered = reader.value("delivered", field, default: "7d")
        dead = reader.value("dead", field, default: "90d")
        discarded = reader.value("discarded", field, default: "30d")
    }
}
