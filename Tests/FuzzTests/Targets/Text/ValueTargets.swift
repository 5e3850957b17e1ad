import RelayCore

extension FuzzTarget {
    /// RFC 3339: what is read can be written and read again to the same instant.
    static let time = FuzzTarget(
        "time",
        seeds: [
            "2026-11-20T09:14:03.120Z", "2024-02-29t23:59:60.123456789+23:59",
            "0000-01-01 00:00:00-00:01", "2023-02-29T00:00:00Z", "9999-12-31T23:59:60-23:59",
        ]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        guard let time = Timestamp(rfc3339: text) else { return }
        try hold((20...36).contains(text.utf8.count), "read from \(text.debugDescription)")
        let year = time.description.prefix { $0 != "-" }
        guard year.count == 4 else { return }
        try hold(Timestamp(rfc3339: time.description) == time, "\(text) became \(time)")
    }

    /// A span prints in its largest unit and reads back as the same.
    static let span = FuzzTarget(
        "span", seeds: ["100ms", "1s", "10m", "24h", "7d", "0s", "00d", "9223372036854775807ms"]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        guard let span = Span(text) else { return }
        try hold(span.milliseconds >= 0, "\(text) is negative")
        try hold(Span(span.description) == span, "\(text) became \(span)")
        try hold(
            text.utf8.allSatisfy { (0x30...0x39).contains($0) || "msdh".utf8.contains($0) },
            "read from \(text.debugDescription)")
    }

    /// An id has one spelling but for letter case.
    static let eventID = FuzzTarget(
        "event-id",
        seeds: [
            "01M7Y7KVKK00009GXQRGN89MRN", "01m7y7kvkk00009gxqrgn89mrn",
            "7ZZZZZZZZZZZZZZZZZZZZZZZZZ", "80000000000000000000000000",
            "0IL0O000000000000000000000",
        ]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        guard let id = EventID(text) else { return }
        try hold(id.description == text.uppercased(), "\(text) became \(id)")
        try hold(EventID(id.description) == id, "\(id) reads differently")
    }
}
