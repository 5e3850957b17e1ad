import RelayCore

/// `1 to 64`, `60s to 3650d`, `0 and up`, or a list of words in backticks.
struct ReferenceRange {
    let inside: [JSONValue]
    let outside: [JSONValue]

    /// Nil for what is no range.
    init?(_ text: String) {
        let words = text.split(separator: " ").map { String($0) }
        if words.count >= 3, words[1] == "to" || words[1...2] == ["and", "up"] {
            let upper = words[1] == "to" ? words[2] : nil
            if let range = Self.numbers(words[0], upper) ?? Self.spans(words[0], upper) {
                (inside, outside) = range
                return
            }
        }
        let choices = ReferenceTable.quoted(text)
        guard choices.count > 1, text == choices.map({ "`\($0)`" }).joined(separator: ", ") else {
            return nil
        }
        inside = choices.map { .string($0) }
        outside = [.string("no such word")]
    }

    private static func numbers(_ lower: String, _ upper: String?) -> ([JSONValue], [JSONValue])? {
        guard let from = Int64(lower) else { return nil }
        let to = upper.flatMap { Int64($0) }
        guard upper == nil || to != nil else { return nil }
        return (
            [.integer(from)] + (to.map { [.integer($0)] } ?? []),
            [.integer(from - 1)] + (to.map { [.integer($0 + 1)] } ?? [])
        )
    }

    private static func spans(_ lower: String, _ upper: String?) -> ([JSONValue], [JSONValue])? {
        guard let from = Span(lower), let to = upper.flatMap({ Span($0) }) else { return nil }
        func text(_ milliseconds: Int64) -> JSONValue { .string("\(milliseconds)ms") }
        return (
            [text(from.milliseconds), text(to.milliseconds)],
            (from.milliseconds > 0 ? [text(from.milliseconds - 1)] : [])
                + [text(to.milliseconds + 1)]
        )
    }
}
