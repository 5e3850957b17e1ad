import RelayCore
import RelayStore

/// Reads option values; what cannot be read is a `UsageError` that shows what was expected.
struct OptionReader {
    let invocation: Invocation
    let now: Timestamp

    func number(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = invocation.value(option) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let bounds =
                range.upperBound == .max
                ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            throw error("--\(option) needs a number (\(bounds)), not \"\(text)\"")
        }
        return number
    }

    func span(_ option: String) throws(UsageError) -> RelayCore.Span? {
        guard let text = invocation.value(option) else { return nil }
        guard let span = RelayCore.Span(text) else {
            throw error("--\(option) needs a span like 90s, 15m, 24h or 7d, not \"\(text)\"")
        }
        return try bounded(span, option)
    }

    private func bounded(
        _ span: RelayCore.Span, _ option: String
    ) throws(UsageError) -> RelayCore.Span {
        guard span.milliseconds <= Limits.spanDays * 86_400_000 else {
            throw error("--\(option) \(span) is longer than \(Limits.spanDays)d")
        }
        return span
    }

    /// RFC 3339, a day (from its midnight, UTC), or a span back from now.
    func time(_ option: String) throws(UsageError) -> Timestamp? {
        guard let text = invocation.value(option) else { return nil }
        if let time = Timestamp(rfc3339: text) ?? Timestamp(rfc3339: text + "T00:00:00Z") {
            return time
        }
        if let span = RelayCore.Span(text) {
            return now.adding(ms: -(try bounded(span, option)).milliseconds)
        }
        throw error(
            "--\(option) needs a time like 2026-11-20T09:00:00Z, a day like 2026-11-20 or a span "
                + "back like 15m, not \"\(text)\"")
    }

    func matches() throws(UsageError) -> [BodyMatch] {
        var matches: [BodyMatch] = []
        for text in invocation.values("match") {
            guard let match = BodyMatch(text) else {
                throw error("--match needs a JSON pointer and a value, like /visitor/email=a@b.c")
            }
            matches.append(match)
        }
        return matches
    }

    func ids(_ readInput: () -> [UInt8]?) throws(UsageError) -> Set<EventID>? {
        let given = invocation.values("id")
        guard !given.isEmpty else { return nil }
        var ids: Set<EventID> = []
        for text in given {
            if text == "-" {
                ids.formUnion(try idsFromInput(readInput))
            } else {
                ids.insert(try id(text))
            }
        }
        return ids
    }

    func id(_ text: String) throws(UsageError) -> EventID {
        guard let id = EventID(text) else {
            let shown = DisplayText.cut(text, to: 60)
            throw error("\"\(shown)\" is no event id (26 letters and digits, from 'list')")
        }
        return id
    }

    /// One id a line: its first word, or the member `id` of a JSON line as `--json` prints it.
    private func idsFromInput(_ readInput: () -> [UInt8]?) throws(UsageError) -> Set<EventID> {
        guard let bytes = readInput() else { throw error("standard input cannot be read") }
        var ids: Set<EventID> = []
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() {
            guard let word = Self.idWord(line) else { continue }
            guard let id = EventID(word) else {
                let shown = DisplayText.cut(word, to: 60)
                throw error("standard input, line \(index + 1): \"\(shown)\" is no event id")
            }
            ids.insert(id)
        }
        return ids
    }

    private static func idWord(_ line: ArraySlice<UInt8>) -> String? {
        if line.first == UInt8(ascii: "{"), let value = try? JSONValue.parse(Array(line)),
            let text = value["id"]?.string
        {
            return text
        }
        let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        return words.first.map(String.init)
    }

    func error(_ message: String) -> UsageError {
        UsageError(message, command: invocation.command)
    }
}
