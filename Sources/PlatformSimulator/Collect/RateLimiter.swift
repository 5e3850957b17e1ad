import RelayCore

/// Fixed windows per key: so many in a second or a minute, then nothing until the next.
struct RateLimiter: Sendable {
    private struct Window: Sendable {
        var number: Int64
        var count: Int
    }

    private var windows: [String: Window] = [:]

    /// A limit of 0 limits nothing.
    mutating func admits(
        _ key: String, limit: Int, windowMs: Int64, at now: Timestamp
    ) -> Bool {
        guard limit > 0 else { return true }
        let number = now.milliseconds / windowMs
        var window = windows[key] ?? Window(number: number, count: 0)
        if window.number != number { window = Window(number: number, count: 0) }
        window.count += 1
        windows[key] = window
        return window.count <= limit
    }
}
