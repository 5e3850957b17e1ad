internal import RelayCore

/// When a failed delivery is tried again and when it is given up.
struct RetrySettings: Sendable, Equatable {
    enum Expiry: String, Sendable, CaseIterable { case expired, dead }

    let first: Span
    let factor: Double
    let cap: Span
    /// 0: no limit but the age.
    let maxAttempts: Int
    let maxAge: Span
    /// The state of an event that has reached `maxAge`.
    let onExpiry: Expiry
    /// A destination's `Retry-After` is obeyed up to this.
    let retryAfterCap: Span

    init(_ reader: ObjectReader) {
        let day = Span(milliseconds: 86_400_000)
        first = reader.value("first", .span(in: Span(milliseconds: 1)...day), default: "1s")
        factor = reader.value("factor", .number(in: 1...10), default: 2)
        cap = reader.value("cap", .span(in: Span(milliseconds: 1)...day), default: "1h")
        maxAttempts = reader.value("maxAttempts", .integer(in: 0...1_000_000), default: 0)
        maxAge = reader.value(
            "maxAge", .span(in: .seconds(1)...Span(milliseconds: 365 * 86_400_000)),
            default: "7d")
        onExpiry = reader.value("onExpiry", .choice(), default: "expired")
        retryAfterCap = reader.value(
            "retryAfterCap", .span(in: .seconds(1)...day), default: "1h")
        if first > cap { reader.report("cap", "\(cap) is below first (\(first))") }
    }

    var policy: RetryPolicy {
        RetryPolicy(
            firstMs: first.milliseconds, factor: factor, capMs: cap.milliseconds,
            maxAttempts: maxAttempts, maxAgeMs: maxAge.milliseconds,
            onExpiry: onExpiry == .expired ? .expired : .dead,
            retryAfterCapMs: retryAfterCap.milliseconds)
    }
}
