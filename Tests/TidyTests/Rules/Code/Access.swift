/// Nothing here is a library for others: `package` is the widest access.
enum Access {
    private static let declarations: Set<String> = [
        "actor", "case", "class", "convenience", "enum", "extension", "final", "func", "import",
        "indirect", "init", "lazy", "let", "mutating", "nonisolated", "override", "private",
        "protocol", "required", "static", "struct", "subscript", "typealias", "unowned", "var",
        "weak",
    ]

    static func check(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        zip(code.words, code.words.dropFirst()).compactMap { word, next in
            guard word.text == "public" || word.text == "open",
                word.before != UInt8(ascii: "."), word.after != UInt8(ascii: "("),
                word.after != UInt8(ascii: ":"), declarations.contains(next.text),
                isBlank(code.bytes[word.end..<(next.end - next.text.utf8.count)])
            else { return nil }
            return file.violation(word.line, "use package instead of \(word.text)")
        }
    }

    private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.allSatisfy { $0 == UInt8(ascii: " ") }
    }
}
