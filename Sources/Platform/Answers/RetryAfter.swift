package import RelayCore

/// The `Retry-After` header (RFC 9110 section 10.2.3): whole seconds or a date.
package enum RetryAfter {
    /// A wait longer than a year is a slip of the sender; whoever waits bounds it further.
    private static let limitMs: Int64 = 365 * 86_400_000

    /// Not below 0; nil when the header is absent or is neither of the two.
    package static func milliseconds(_ header: String?, now: Timestamp) -> Int64? {
        guard let text = header.map(trimmed), !text.isEmpty else { return nil }
        if text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard let seconds = Int64(text), seconds <= limitMs / 1000 else { return limitMs }
            return seconds * 1000
        }
        return HTTPDate.read(text, now: now).map {
            min(max($0.millisecondsSince(now), 0), limitMs)
        }
    }

    private static func trimmed(_ text: String) -> String {
        let rest = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
        return String(rest.reversed())
    }
}
