/// Finds functions, initialisers, subscripts and computed properties by matching braces.
enum FunctionBodies {
    struct Body {
        let name: String
        let firstLine: Int
        let lineCount: Int
    }

    private static let introducers: Set<String> = ["func", "init", "deinit", "subscript", "var"]

    static func find(in code: SwiftCode) -> [Body] {
        code.words.indices.compactMap { index in
            let word = code.words[index]
            guard introducers.contains(word.text), word.before != UInt8(ascii: "."),
                let open = opening(code, after: word.end, ofVariable: word.text == "var")
            else { return nil }
            let lastLine = code.line(of: closing(code, open: open))
            return Body(
                name: name(code, index), firstLine: word.line, lineCount: lastLine - word.line + 1)
        }
    }

    private static func name(_ code: SwiftCode, _ index: Int) -> String {
        let word = code.words[index]
        let hasName = word.text == "func" || word.text == "var"
        return hasName && index + 1 < code.words.count ? code.words[index + 1].text : word.text
    }

    /// The brace that opens the body; `nil` for a requirement of a protocol or a stored property.
    private static func opening(_ code: SwiftCode, after start: Int, ofVariable: Bool) -> Int? {
        var depth = 0
        for index in start..<code.bytes.count {
            switch code.bytes[index] {
            case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ")"), UInt8(ascii: "]"):
                depth -= 1
                if depth < 0 { return nil }
            case UInt8(ascii: "{") where depth == 0: return index
            case UInt8(ascii: "}") where depth == 0: return nil
            case UInt8(ascii: "=") where depth == 0 && ofVariable: return nil
            case UInt8(ascii: "\n") where depth == 0:
                if ofVariable || startsDeclaration(code, after: index) { return nil }
            default: break
            }
        }
        return nil
    }

    private static let declarations = [
        "func ", "init", "deinit", "subscript", "var ", "let ", "case ", "static ", "package ",
        "mutating ", "private ", "associatedtype ", "typealias ", "@", "}",
    ]

    private static func startsDeclaration(_ code: SwiftCode, after newline: Int) -> Bool {
        let rest = code.bytes[(newline + 1)...].drop { $0 == UInt8(ascii: " ") }
        return declarations.contains { rest.starts(with: $0.utf8) }
    }

    private static func closing(_ code: SwiftCode, open: Int) -> Int {
        var depth = 0
        for index in open..<code.bytes.count {
            if code.bytes[index] == UInt8(ascii: "{") { depth += 1 }
            if code.bytes[index] == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return code.bytes.count - 1
    }
}
