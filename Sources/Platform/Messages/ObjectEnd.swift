/// Where a JSON object takes one more member: directly behind its last one, or behind the opening
/// brace when it is empty. Two looks at the ends of the text; the bytes between are not read.
struct ObjectEnd {
    let index: Int
    let isEmpty: Bool

    /// nil when the text, known to be valid JSON, is no object.
    init?(of body: [UInt8]) {
        guard let opening = body.firstIndex(where: { !Self.isWhiteSpace($0) }),
            body[opening] == UInt8(ascii: "{"),
            let closing = body.lastIndex(where: { !Self.isWhiteSpace($0) }),
            body[closing] == UInt8(ascii: "}"),
            let last = body[..<closing].lastIndex(where: { !Self.isWhiteSpace($0) })
        else { return nil }
        index = last + 1
        isEmpty = last == opening
    }

    private static func isWhiteSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
