extension JSONValue {
    /// The tree of one JSON text; fails exactly where `JSONScanner` finds it invalid.
    package static func parse(
        _ bytes: [UInt8], depthLimit: Int = JSONScanner.defaultDepthLimit
    ) throws(JSONError) -> JSONValue {
        try parse(bytes.span, depthLimit: depthLimit)
    }

    package static func parse(
        _ text: String, depthLimit: Int = JSONScanner.defaultDepthLimit
    ) throws(JSONError) -> JSONValue {
        try parse(Array(text.utf8), depthLimit: depthLimit)
    }

    package static func parse(
        _ bytes: borrowing Swift.Span<UInt8>, depthLimit: Int = JSONScanner.defaultDepthLimit
    ) throws(JSONError) -> JSONValue {
        var walker = JSONWalker(visitor: BuildingVisitor(), depthLimit: depthLimit)
        _ = try walker.walk(bytes)
        return walker.visitor.root
    }
}

/// Builds the tree from the leaves inwards; what is open waits on a stack of its own.
private struct BuildingVisitor: JSONVisitor {
    private enum Open {
        case array([JSONValue])
        case object(JSONObject, key: String)
    }

    private var open: [Open] = []
    private(set) var root = JSONValue.null

    mutating func enter(_ container: JSONContainer) {
        switch container {
        case .array: open.append(.array([]))
        case .object: open.append(.object(JSONObject(), key: ""))
        }
    }

    mutating func leave(_ container: JSONContainer) {
        switch open.removeLast() {
        case .array(let elements): add(.array(elements))
        case .object(let object, _): add(.object(object))
        }
    }

    mutating func key(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>) {
        guard case .object(let object, _)? = open.popLast() else { return }
        open.append(.object(object, key: text.decoded(in: bytes)))
    }

    mutating func string(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>) {
        add(.string(text.decoded(in: bytes)))
    }

    mutating func number(_ range: Range<Int>, in bytes: borrowing Swift.Span<UInt8>) {
        add(.number(JSONNumber(unchecked: bytes.text(in: range))))
    }

    mutating func literal(_ literal: JSONLiteral) {
        switch literal {
        case .true: add(.bool(true))
        case .false: add(.bool(false))
        case .null: add(.null)
        }
    }

    /// Taken off the stack first, so that growing it copies nothing.
    private mutating func add(_ value: JSONValue) {
        switch open.popLast() {
        case nil:
            root = value
        case .array(var elements)?:
            elements.append(value)
            open.append(.array(elements))
        case .object(var object, let key)?:
            object.append(key, value)
            open.append(.object(object, key: key))
        }
    }
}
