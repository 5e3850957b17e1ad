/// Small sources that break one rule each, given to that rule alone.
enum Planted {
    typealias SwiftRule = (SourceFile, SwiftCode) -> [Violation]

    /// The lines on which `rule` finds something.
    static func lines(
        _ rule: SwiftRule, in text: String, at path: String = "Sources/RelayCore/Planted.swift"
    ) -> [Int] {
        rule(SourceFile(path, text), SwiftCode(text)).map(\.line)
    }

    static func messages(
        _ rule: SwiftRule, in text: String, at path: String = "Sources/RelayCore/Planted.swift"
    ) -> [String] {
        rule(SourceFile(path, text), SwiftCode(text)).map(\.message)
    }
}
