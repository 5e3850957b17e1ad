extension JSONValue {
    /// One line without white space, members in their order.
    package func serialized() -> [UInt8] {
        var writer = JSONWriter(indent: nil)
        writer.write(self)
        return writer.bytes
    }

    /// For people: two spaces a level, no newline at the end.
    package func prettyPrinted() -> [UInt8] {
        var writer = JSONWriter(indent: 2)
        writer.write(self)
        return writer.bytes
    }
}

extension JSONValue: CustomStringConvertible {
    package var description: String { String(decoding: serialized(), as: UTF8.self) }
}

/// Writes values to bytes. Recurses as deep as the value, which parsing has bounded.
private struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private let indent: Int?
    private var level = 0

    init(indent: Int?) {
        self.indent = indent
    }

    mutating func write(_ value: JSONValue) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.text.utf8)
        case .string(let text): write(text)
        case .array(let elements):
            enclose(ASCII.openBracket, elements, ASCII.closeBracket) { $0.write($1) }
        case .object(let object):
            enclose(ASCII.openBrace, object.members, ASCII.closeBrace) { writer, member in
                writer.write(member.key)
                writer.bytes.append(ASCII.colon)
                if writer.indent != nil { writer.bytes.append(ASCII.space) }
                writer.write(member.value)
            }
        }
    }

    private mutating func enclose<Item>(
        _ opening: UInt8, _ items: [Item], _ closing: UInt8,
        each: (inout JSONWriter, Item) -> Void
    ) {
        bytes.append(opening)
        level += 1
        var isFirst = true
        for item in items {
            if !isFirst { bytes.append(ASCII.comma) }
            isFirst = false
            breakLine()
            each(&self, item)
        }
        level -= 1
        if !items.isEmpty { breakLine() }
        bytes.append(closing)
    }

    private mutating func breakLine() {
        guard let indent else { return }
        bytes.append(ASCII.lineFeed)
        bytes.append(contentsOf: repeatElement(ASCII.space, count: level * indent))
    }

    private mutating func write(_ text: String) {
        bytes.append(ASCII.quote)
        for byte in text.utf8 {
            switch byte {
            case ASCII.quote: escape(ASCII.quote)
            case ASCII.backslash: escape(ASCII.backslash)
            case ASCII.lineFeed: escape(ASCII.n)
            case ASCII.carriageReturn: escape(ASCII.r)
            case ASCII.tab: escape(ASCII.t)
            case 0x08: escape(ASCII.b)
            case 0x0C: escape(ASCII.f)
            case ..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.hexDigit(byte >> 4))
                bytes.append(Self.hexDigit(byte & 0x0F))
            default: bytes.append(byte)
            }
        }
        bytes.append(ASCII.quote)
    }

    private mutating func escape(_ letter: UInt8) {
        bytes.append(ASCII.backslash)
        bytes.append(letter)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? ASCII.zero + value : 0x61 + value - 10
    }
}
