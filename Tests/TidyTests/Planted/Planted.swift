/// Small sources that break one rule each, given to that rule alone.
enum Planted {
    typealias SwiftRule = (SourceFile, SwiftCode) -> [Violation]

    /// The lines on which `rule` finds something.
    static func lines(
        _ rule: SwiftRule, in text: String, at path: String = "Sources/RelayCore/Planted.swift"
    ) -> [Int] {
        found(rule, SourceFile(path, text)).map(\.line)
    }

    static func messages(
        _ rule: SwiftRule, in text: String, at path: String = "Sources/RelayCore/Planted.swift"
    ) -> [String] {
        found(rule, SourceFile(path, text)).map(\.message)
    }

    private static func found(_ rule: SwiftRule, _ file: SourceFile) -> [Violation] {
        rule(file, file.code)
    }
}
