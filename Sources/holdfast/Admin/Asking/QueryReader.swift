import RelayCore

/// Reads the query of a URL as the options of a command, so that a question over HTTP knows the
/// same filters as one on the command line, and the same mistakes.
struct QueryReader {
    private let command: CommandDescription

    init(_ name: String, options: [OptionDescription]) {
        command = CommandDescription(name: name, summary: "", options: options, examples: [])
    }

    func read(_ query: String?) throws(UsageError) -> Invocation {
        var words = [command.name]
        // By bytes: an accent behind a separator makes one character of the two.
        for pair in (query ?? "").utf8.split(separator: UInt8(ascii: "&")) {
            words.append(try word(pair))
        }
        let line = try CommandLineParser(commands: [command]).parse(words)
        guard case .run(let invocation) = line, invocation.arguments.isEmpty else {
            throw UsageError("the query has a parameter that this page does not know")
        }
        return invocation
    }

    /// `name=value` as `--name=value`; a flag may stand alone or be `true`.
    private func word(_ pair: Substring.UTF8View) throws(UsageError) -> String {
        let parts = pair.split(
            separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = QueryReader.decoded(parts[0]) else { throw QueryReader.unreadable }
        guard !name.utf8.contains(UInt8(ascii: "=")) else {
            throw UsageError("there is no parameter \(name)")
        }
        guard parts.count == 2 else { return "--" + name }
        guard let value = QueryReader.decoded(parts[1]) else { throw QueryReader.unreadable }
        if command.option(name)?.isFlag == true, value == "true" { return "--" + name }
        return "--\(name)=\(value)"
    }

    private static let unreadable = UsageError("the query is not percent-encoded UTF-8")

    private static func decoded(_ text: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                // A sign is no digit, though a number may begin with one.
                guard digits.utf8.count == 2, digits.first?.isHexDigit == true,
                    let value = UInt8(digits, radix: 16)
                else { return nil }
                bytes.append(value)
                rest.removeFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
