import RelayCore

@testable import RelayRuntime

extension FuzzTarget {
    /// Whatever text gets into the log: one line, and as JSON the very text.
    static let logText = FuzzTarget(
        "log-text", seeds: ["a b=\"c\"\n\u{1b}[31m\u{7}", "plain", "", "\\\u{2028}\u{85}\u{202e}x"]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        try Harmless.oneLine(LogText.plain(text), "plain")
        let field = LogText.logfmt(.text(text))
        try Harmless.oneLine(field, "a field")
        let isQuoted = field.utf8.first == UInt8(ascii: "\"")
        try hold(
            isQuoted || !field.isEmpty && !field.contains(" ") && !field.contains("="),
            "a field that is none: \(field)")
        let quoted = LogText.quoted(text)
        let read = try? JSONValue.parse(quoted)
        try hold(
            read?.string.map { Array($0.utf8) } == Array(text.utf8),
            "\(quoted) is not \(text.debugDescription)")
    }
}
