/// Reads JSON5 (json5.org): JSON for people, with comments, trailing commas, bare keys, single
/// quotes, hexadecimal. For configuration files, not for traffic.
///
/// Hand-written because Foundation's reader forgets what a configuration needs: the order of the
/// members, a key that stands twice, the spelling of numbers, line and column of a mistake.
/// Infinity and NaN are refused: no JSON value can hold them. Keys are written without `\u`.
package struct JSON5Parser {
    private var input: JSON5Input
    private var depth = 0
    private static let depthLimit = 64

    package static func parse(_ bytes: [UInt8]) throws(JSON5Error) -> JSONValue {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw JSON5Error(line: 1, column: 1, message: "the text is not UTF-8")
        }
        var parser = JSON5Parser(input: JSON5Input(text))
        return try parser.document()
    }

    private init(input: JSON5Input) {
        self.input = input
    }

    private mutating func document() throws(JSON5Error) -> JSONValue {
        if input.peek == "\u{FEFF}" { input.advance() }
        try input.skipBlanks()
        let value = try value()
        try input.skipBlanks()
        guard input.peek == nil else { throw input.error("something follows the end of the value") }
        return value
    }

    private mutating func value() throws(JSON5Error) -> JSONValue {
        switch input.peek {
        case "{": return .object(try object())
        case "[": return .array(try array())
        case "\"", "'": return .string(try input.quoted())
        case .some(let scalar) where scalar.isNumberStart: return .number(try input.number())
        case .some(let scalar) where scalar.isNameStart: return try word()
        case .some(let scalar): throw input.error("a value was expected, not \(scalar.shown)")
        case nil: throw input.error("the text ends where a value was expected")
        }
    }

    private mutating func word() throws(JSON5Error) -> JSONValue {
        let start = input
        switch try input.name() {
        case "true": return .bool(true)
        case "false": return .bool(false)
        case "null": return .null
        case let word: throw start.error("\(word) is no value; strings stand in quotes")
        }
    }

    private mutating func object() throws(JSON5Error) -> JSONObject {
        let opening = try enter()
        var object = JSONObject()
        while true {
            try input.skipBlanks()
            if input.take("}") { break }
            guard input.peek != nil else { throw opening.error("this { is never closed") }
            let key = try key()
            try input.skipBlanks()
            guard input.take(":") else {
                throw input.error("a : was expected after \(Self.shown(key))")
            }
            try input.skipBlanks()
            object.append(key, try value())
            try separator(before: "}", opening)
        }
        depth -= 1
        return object
    }

    private mutating func array() throws(JSON5Error) -> [JSONValue] {
        let opening = try enter()
        var elements: [JSONValue] = []
        while true {
            try input.skipBlanks()
            if input.take("]") { break }
            guard input.peek != nil else { throw opening.error("this [ is never closed") }
            elements.append(try value())
            try separator(before: "]", opening)
        }
        depth -= 1
        return elements
    }

    private mutating func key() throws(JSON5Error) -> String {
        switch input.peek {
        case "\"", "'": return try input.quoted()
        case .some(let scalar) where scalar.isNameStart: return try input.name()
        default: throw input.error("a key was expected, not \(input.peek?.shown ?? "the end")")
        }
    }

    /// A key in quotes may hold anything, at any length.
    private static func shown(_ key: String) -> String {
        let shown = key.unicodeScalars.prefix(60).map { $0.isHidden ? "?" : String($0) }.joined()
        return shown.unicodeScalars.count < key.unicodeScalars.count ? "\(shown)\u{2026}" : shown
    }

    private mutating func separator(
        before closing: Unicode.Scalar, _ opening: JSON5Input
    ) throws(JSON5Error) {
        try input.skipBlanks()
        if input.take(",") || input.peek == closing { return }
        guard let scalar = input.peek else { throw opening.error("this is never closed") }
        throw input.error("a comma or \(closing.shown) was expected, not \(scalar.shown)")
    }

    private mutating func enter() throws(JSON5Error) -> JSON5Input {
        let opening = input
        guard depth < Self.depthLimit else { throw input.error("nested too deeply") }
        depth += 1
        input.advance()
        return opening
    }
}
