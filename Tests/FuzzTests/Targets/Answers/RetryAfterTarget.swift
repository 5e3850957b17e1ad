import RelayCore

@testable import Platform

extension FuzzTarget {
    /// `Retry-After` as seconds or as a date in HTTP's three ways: never below zero, never beyond
    /// a year, and a date that is read is one that can be written.
    static let retryAfter = FuzzTarget(
        "retry-after",
        seeds: [
            "120", "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994", " 99999999999999999999 ", "-1",
        ]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        let waitMs = RetryAfter.milliseconds(text, now: now)
        try hold((0...31_536_000_000).contains(waitMs ?? 0), "\(waitMs ?? 0) ms")
        if let seconds = Int64(text), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            try hold(waitMs == min(seconds, 31_536_000) * 1000, "\(text) is \(waitMs ?? -1) ms")
        }
        guard let date = HTTPDate.read(text, now: now) else { return }
        let written = preferred(date)
        try hold(
            HTTPDate.read(written, now: now) == date, "\(text.debugDescription) is \(written)")
    }

    /// The first of HTTP's three ways.
    private static func preferred(_ date: Timestamp) -> String {
        let text = Array(date.description)
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        let month = months[(Int(String(text[5...6])) ?? 1) - 1]
        return "Xxx, \(String(text[8...9])) \(month) \(String(text[0...3])) "
            + "\(String(text[11...18])) GMT"
    }
}
