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
        return span
    }

    /// RFC 3339, or a span back from now.
    func time(_ option: String) throws(UsageError) -> Timestamp? {
        guard let text = invocation.value(option) else { return nil }
        if let time = Timestamp(rfc3339: text) { return time }
        if let span = RelayCore.Span(text) { return now.adding(ms: -span.milliseconds) }
        throw error(
            "--\(option) needs a time like 2026-11-20T09:00:00Z or a span back like 15m, "
                + "not \"\(text)\"")
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
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let line = Array(line)
            if let text = (try? JSONValue.parse(line))?["id"]?.string {
                ids.insert(try id(text))
            } else if let word = String(decoding: line, as: UTF8.self).split(
                whereSeparator: \.isWhitespace
            ).first {
                ids.insert(try id(String(word)))
            }
        }
        return ids
    }

    func error(_ message: String) -> UsageError {
        UsageError(message, command: invocation.command)
    }
}
