internal import RelayCore

/// Requests in flight to one destination: where the window begins and how far it may grow.
struct ConcurrencySettings: Sendable, Equatable {
    let initial: Int
    let max: Int

    init(_ reader: ObjectReader) {
        let field = Field<Int>.integer(in: Limits.concurrencyRange)
        max = reader.value("max", field, default: 64)
        initial = reader.value("initial", field, default: .integer(min(8, max)))
        if initial > max { reader.report("initial", "\(initial) is above max (\(max))") }
    }
}
