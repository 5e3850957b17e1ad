/// Cuts the elements of `{"messages":[…]}` out of a body that is known to be valid JSON, without
/// building a tree: every byte of a message stays as it was sent.
struct MessageSplitter {
    private let bytes: [UInt8]
    private var position = 0

    /// Nil when the body is no object or has no list of that name. Of several the last counts.
    static func split(_ body: [UInt8]) -> [[UInt8]]? {
        var splitter = MessageSplitter(body)
        return splitter.messages()
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func messages() -> [[UInt8]]? {
        skipBlanks()
        guard current == UInt8(ascii: "{") else { return nil }
        position += 1
        var found: [[UInt8]]?
        while true {
            skipBlanks()
            guard current == UInt8(ascii: "\"") else { return found }
            let key = skipValue()
            skipBlanks()
            position += 1
            skipBlanks()
            if bytes[key].elementsEqual(Self.messagesKey) {
                found = current == UInt8(ascii: "[") ? elements() : nil
            } else {
                _ = skipValue()
            }
            skipBlanks()
            if current == UInt8(ascii: ",") { position += 1 }
        }
    }

    private static let messagesKey = Array("\"messages\"".utf8)

    private mutating func elements() -> [[UInt8]] {
        var elements: [[UInt8]] = []
        position += 1
        while true {
            skipBlanks()
            if current == UInt8(ascii: "]") {
                position += 1
                return elements
            }
            if current == UInt8(ascii: ",") {
                position += 1
                continue
            }
            elements.append(Array(bytes[skipValue()]))
        }
    }

    private var current: UInt8 { position < bytes.count ? bytes[position] : 0 }

    private mutating func skipBlanks() {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
    }

    /// Moves behind the value that begins here and says where it stood.
    private mutating func skipValue() -> Range<Int> {
        let start = position
        switch current {
        case UInt8(ascii: "\""): skipString()
        case UInt8(ascii: "{"), UInt8(ascii: "["): skipContainer()
        default: skipScalar()
        }
        return start..<position
    }

    private mutating func skipString() {
        position += 1
        while bytes[position] != UInt8(ascii: "\"") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        position += 1
    }

    private mutating func skipContainer() {
        var depth = 0
        repeat {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                skipString()
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
        } while depth > 0
    }

    private mutating func skipScalar() {
        while position < bytes.count, !Self.endsScalar(bytes[position]) { position += 1 }
    }

    private static func endsScalar(_ byte: UInt8) -> Bool {
        byte <= 0x20 || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "]")
            || byte == UInt8(ascii: "}")
    }
}
