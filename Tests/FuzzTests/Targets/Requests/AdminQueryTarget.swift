import Foundation
import RelayStore

@testable import holdfast

extension FuzzTarget {
    /// The query of a question: read as a form is read, each parameter known and
    /// given as often as it may be and with a value, or refused in one line.
    static let adminQuery = FuzzTarget(
        "admin-query",
        seeds: [
            "state=dead&state=queued&since=24h&limit=100", "body",
            "body=true&contains=a+b%26%C3%A4",
            "contains=%CC%81", "contains=%+1", "state%3Ddead=1", "&&=&body=&sins=1", "by=hook",
            "contains=",
        ]
    ) { (input) throws(Finding) in
        let query = String(decoding: input, as: UTF8.self)
        let expected = plainly(query)
        let options: [String: [String]]
        do throws(UsageError) {
            options = try QueryReader("deliveries", options: known).read(query).options
        } catch {
            try Harmless.forTerminals(error.message, "the refusal")
            return try hold(expected == nil, "\(query.debugDescription) is refused: \(error)")
        }
        try hold(
            options == expected,
            "\(query.debugDescription) is \(options), not \(String(describing: expected))")
    }

    private static let known =
        OptionDescription.filters
        + [
            OptionDescription("before", value: "MARK", ""), OptionDescription("body", ""),
            OptionDescription("by", value: "KEY", "", hint: .oneOf(["hook", "error"])),
        ]

    /// Nil for a query that is to be refused.
    private static func plainly(_ query: String) -> [String: [String]]? {
        var options: [String: [String]] = [:]
        for scalars in query.unicodeScalars.split(separator: "&") {
            let equals = scalars.firstIndex(of: "=") ?? scalars.endIndex
            let given = equals == scalars.endIndex ? nil : scalars[equals...].dropFirst()
            guard let name = decoded(scalars[..<equals]),
                let option = known.first(where: { $0.name.utf8.elementsEqual(name.utf8) }),
                option.mayRepeat || options[name] == nil
            else { return nil }
            var value = given.flatMap(decoded)
            if given != nil, value == nil { return nil }
            if option.isFlag {
                guard value ?? "true" == "true" else { return nil }
                value = ""
            }
            guard let value, option.isFlag || !value.isEmpty else { return nil }
            if case .oneOf(let choices) = option.hint, !choices.contains(value) { return nil }
            options[name, default: []].append(value)
        }
        return options
    }

    private static func decoded(_ text: Substring.UnicodeScalarView) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(String(String.UnicodeScalarView(text)).utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                guard digits.utf8.count == 2, digits.allSatisfy(\.isHexDigit),
                    let value = UInt8(digits, radix: 16)
                else { return nil }
                rest = rest.dropFirst(2)
                bytes.append(value)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Where a page begins: a mark has one spelling.
    static let pageMark = FuzzTarget(
        "page-mark", seeds: ["12-3", "+1-2", "01-2", "9223372036854775807-0", "1-2-3", "-"]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        guard let key = PageMark.key(text) else { return }
        try hold(PageMark.text(key) == text, "\(text.debugDescription) is \(PageMark.text(key))")
    }
}
