import RelayCore

/// Looks for a text in a body, however JSON spells it: as it is, in its usual escapes, in any other
/// (`\u0061`), and in JSON that a string holds.
package struct TextSearch: Sendable, Hashable {
    /// JSON inside a string inside JSON: nobody writes it deeper.
    private static let depth = 4

    private let plain: ByteSearch
    private let quoted: ByteSearch
    private let hasSlash: Bool

    package init(_ text: [UInt8], ignoringCase: Bool = false) {
        plain = ByteSearch(text, ignoringCase: ignoringCase)
        let spelled = JSONValue.string(String(decoding: text, as: UTF8.self)).serialized()
        quoted = ByteSearch(Array(spelled.dropFirst().dropLast()), ignoringCase: ignoringCase)
        hasSlash = text.contains(UInt8(ascii: "/"))
    }

    package func isFound(in body: borrowing Swift.Span<UInt8>) -> Bool {
        if plain.isFound(in: body) || quoted.isFound(in: body) { return true }
        guard mayHide(in: body), let value = try? JSONValue.parse(body) else { return false }
        return isFound(in: value, depth: Self.depth)
    }

    /// False: the text is spelled nowhere in the body, so no string of it can be or hold it.
    func mayStand(in body: borrowing Swift.Span<UInt8>) -> Bool {
        plain.isFound(in: body) || quoted.isFound(in: body) || mayHide(in: body)
    }

    /// Escapes that another spelling of the text needs; the usual ones are none of them.
    private func mayHide(in body: borrowing Swift.Span<UInt8>) -> Bool {
        var index = 0
        while index < body.count - 1 {
            guard body[index] == UInt8(ascii: "\\") else {
                index += 1
                continue
            }
            switch body[index + 1] {
            case UInt8(ascii: "u"), UInt8(ascii: "\\"): return true
            case UInt8(ascii: "/") where hasSlash: return true
            default: index += 2
            }
        }
        return false
    }

    private func isFound(in value: JSONValue, depth: Int) -> Bool {
        switch value {
        case .string(let text): isFound(inString: text, depth: depth)
        case .array(let elements): elements.contains { isFound(in: $0, depth: depth) }
        case .object(let object):
            object.members.contains { member in
                isFound(inString: member.key, depth: depth)
                    || isFound(in: member.value, depth: depth)
            }
        case .null, .bool, .number: false
        }
    }

    private func isFound(inString text: String, depth: Int) -> Bool {
        let bytes = Array(text.utf8)
        if plain.isFound(in: bytes.span) { return true }
        guard depth > 0, bytes.contains(UInt8(ascii: "\\")), let first = bytes.first,
            "{[\"".utf8.contains(first), let inner = try? JSONValue.parse(bytes)
        else { return false }
        return isFound(in: inner, depth: depth - 1)
    }
}
