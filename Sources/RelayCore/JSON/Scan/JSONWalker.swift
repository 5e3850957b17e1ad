/// The grammar of RFC 8259, once, without recursion: the depth of hostile input costs a bit of
/// heap up to the limit and no stack at all.
struct JSONWalker<Visitor: JSONVisitor> {
    var visitor: Visitor
    var position = 0
    private var nesting: [JSONContainer] = []
    private let depthLimit: Int

    init(visitor: Visitor, depthLimit: Int) {
        self.visitor = visitor
        self.depthLimit = depthLimit
    }

    mutating func walk(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) -> JSONRoot {
        let root = try opening(bytes)
        repeat {
            try value(bytes)
        } while try continues(bytes)
        skipWhiteSpace(bytes)
        guard position == bytes.count else { throw fault(.trailingBytes) }
        return root
    }

    private mutating func opening(
        _ bytes: borrowing Swift.Span<UInt8>
    ) throws(JSONError) -> JSONRoot {
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw fault(.byteOrderMark)
        }
        skipWhiteSpace(bytes)
        guard position < bytes.count else { throw fault(.empty) }
        switch bytes[position] {
        case ASCII.openBrace: return .object
        case ASCII.openBracket: return .array
        default: return .scalar
        }
    }

    /// A scalar, or containers opened up to the first value in them; an empty container is whole.
    private mutating func value(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) {
        while true {
            switch try peek(bytes) {
            case ASCII.openBrace:
                try enter(.object)
                if try closesAtOnce(ASCII.closeBrace, .object, bytes) { return }
                try key(bytes)
            case ASCII.openBracket:
                try enter(.array)
                if try closesAtOnce(ASCII.closeBracket, .array, bytes) { return }
            case ASCII.quote:
                return visitor.string(try string(bytes), in: bytes)
            case let byte:
                return try bareScalar(startingWith: byte, bytes)
            }
        }
    }

    private mutating func bareScalar(
        startingWith byte: UInt8, _ bytes: borrowing Swift.Span<UInt8>
    ) throws(JSONError) {
        switch byte {
        case ASCII.minus, ASCII.zero...ASCII.nine:
            visitor.number(try number(bytes), in: bytes)
        case ASCII.t: try literal("true", .true, bytes)
        case ASCII.f: try literal("false", .false, bytes)
        case ASCII.n: try literal("null", .null, bytes)
        default: throw fault(.unexpectedByte)
        }
    }

    /// After a value: closes what closes here; true when another value must follow.
    private mutating func continues(
        _ bytes: borrowing Swift.Span<UInt8>
    ) throws(JSONError) -> Bool {
        while let container = nesting.last {
            switch (try peek(bytes), container) {
            case (ASCII.comma, .array):
                position += 1
                return true
            case (ASCII.comma, .object):
                position += 1
                try key(bytes)
                return true
            case (ASCII.closeBracket, .array), (ASCII.closeBrace, .object):
                leave(container)
            default:
                throw fault(.unexpectedByte)
            }
        }
        return false
    }

    private mutating func key(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) {
        guard try peek(bytes) == ASCII.quote else { throw fault(.unexpectedByte) }
        visitor.key(try string(bytes), in: bytes)
        guard try peek(bytes) == ASCII.colon else { throw fault(.unexpectedByte) }
        position += 1
    }

    private mutating func enter(_ container: JSONContainer) throws(JSONError) {
        guard nesting.count < depthLimit else { throw fault(.tooDeep) }
        position += 1
        nesting.append(container)
        visitor.enter(container)
    }

    private mutating func leave(_ container: JSONContainer) {
        position += 1
        nesting.removeLast()
        visitor.leave(container)
    }

    private mutating func closesAtOnce(
        _ closing: UInt8, _ container: JSONContainer, _ bytes: borrowing Swift.Span<UInt8>
    ) throws(JSONError) -> Bool {
        guard try peek(bytes) == closing else { return false }
        leave(container)
        return true
    }

    private mutating func literal(
        _ spelling: String, _ literal: JSONLiteral, _ bytes: borrowing Swift.Span<UInt8>
    ) throws(JSONError) {
        for wanted in spelling.utf8 {
            guard position < bytes.count else { throw fault(.unexpectedEnd) }
            guard bytes[position] == wanted else { throw fault(.badLiteral) }
            position += 1
        }
        visitor.literal(literal)
    }

    /// The next byte that is no white space.
    private mutating func peek(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) -> UInt8 {
        skipWhiteSpace(bytes)
        guard position < bytes.count else { throw fault(.unexpectedEnd) }
        return bytes[position]
    }

    private mutating func skipWhiteSpace(_ bytes: borrowing Swift.Span<UInt8>) {
        while position < bytes.count, ASCII.isWhiteSpace(bytes[position]) { position += 1 }
    }

    func fault(_ reason: JSONError.Reason) -> JSONError {
        JSONError(offset: position, reason: reason)
    }
}
