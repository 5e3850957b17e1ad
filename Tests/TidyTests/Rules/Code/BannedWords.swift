/// Words that compile but that this code does without, each with what to write instead.
enum BannedWords {
    static func check(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        let source = Array(file.text.utf8)
        return code.words.indices.compactMap { index -> Violation? in
            let word = code.words[index]
            let previous = index > 0 ? code.words[index - 1].text : ""
            return reason(file, code, word, previous: previous, source: source)
                .map { file.violation(word.line, $0) }
        } + unwrapsAfterBrackets(file, code)
    }

    private static let bang = UInt8(ascii: "!")
    private static let dot = UInt8(ascii: ".")

    private static func reason(
        _ file: SourceFile, _ code: SwiftCode, _ word: SwiftCode.Word, previous: String,
        source: [UInt8]
    ) -> String? {
        switch word.text {
        case "try" where word.after == bang: "handle the error or declare it instead of try!"
        case "as" where word.after == bang: "use `as?` and handle the other case instead of as!"
        case "print", "debugPrint":
            word.after == UInt8(ascii: "(") && word.before != dot && previous != "func"
                && !isOutputFunnel(file)
                ? "write through the executable's Output.swift instead of \(word.text)" : nil
        case "Date" where code.follows(word, "()") || code.follows(word, ".now"):
            "take the time from the Clock that was passed in instead of Date()"
        case "detached" where word.before == dot && previous == "Task":
            "use a Dispatch queue or a child task instead of Task.detached"
        case "nonisolated" where code.follows(word, "(unsafe)"):
            "use a Mutex, an Atomic or a queue instead of nonisolated(unsafe)"
        case "fatalError" where source[word.end...].starts(with: "(\"un".utf8):
            "make the case impossible, or handle it, instead of fatalError(\"un…\")"
        case _ where word.after == bang && !code.follows(word, "!="):
            "unwrap with `guard let` or `try #require` instead of !"
        default: nil
        }
    }

    static func isOutputFunnel(_ file: SourceFile) -> Bool {
        file.name == "Output.swift"
            && ["holdfast", "platform-simulator"].contains(file.target ?? "")
    }

    private static func unwrapsAfterBrackets(_ file: SourceFile, _ code: SwiftCode) -> [Violation] {
        code.bytes.indices.dropFirst().compactMap { index in
            guard code.bytes[index] == bang, ")]}?\"".utf8.contains(code.bytes[index - 1]) else {
                return nil
            }
            let message = "unwrap with `guard let` or `try #require` instead of !"
            return file.violation(code.line(of: index), message)
        }
    }
}
