/// The compiler stops checking there, so a person must say what makes it right.
enum UncheckedSendable {
    static func check(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        zip(code.words, code.words.dropFirst()).compactMap { word, next in
            guard word.text == "unchecked", next.text == "Sendable",
                !isExplained(file, line: word.line)
            else { return nil }
            let message = "say in a comment directly above which queue or lock makes it Sendable"
            return file.violation(word.line, message)
        }
    }

    /// On the line itself, or directly above it; only attributes may stand between.
    private static func isExplained(_ file: SourceFile, line: Int) -> Bool {
        if file.lines[line - 1].contains("// ") { return true }
        for above in file.lines[..<(line - 1)].reversed() {
            let text = above.drop { $0 == " " }
            if text.hasPrefix("@") { continue }
            return text.hasPrefix("//")
        }
        return false
    }
}
