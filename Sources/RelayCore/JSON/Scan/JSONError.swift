/// Why bytes are no JSON text, and where. A value to show an operator, never a fault of ours.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    package enum Reason: String, Sendable, Hashable {
        case empty = "nothing but white space"
        case byteOrderMark = "a byte order mark is not JSON"
        case unexpectedByte = "unexpected byte"
        case unexpectedEnd = "unexpected end"
        case controlCharacter = "unescaped control character in a string"
        case badEscape = "unknown escape in a string"
        case badUTF8 = "string is not UTF-8"
        case badNumber = "malformed number"
        case badLiteral = "malformed literal"
        case trailingBytes = "bytes after the end of the value"
        case tooDeep = "nested too deeply"
    }

    /// Index of the first byte that cannot belong to a JSON text; the byte count if it is missing.
    package let offset: Int
    package let reason: Reason

    package init(offset: Int, reason: Reason) {
        self.offset = offset
        self.reason = reason
    }

    package var description: String { "\(reason.rawValue) at byte \(offset)" }
}
