/// Blanks out what is not code: comments, the insides of string literals, names in backticks.
/// Every byte keeps its place, so that offsets and line numbers still fit the original.
struct SwiftBlanker {
    private let source: [UInt8]
    private var blanked: [UInt8]
    private var index = 0

    static func code(of text: String) -> [UInt8] {
        var blanker = SwiftBlanker(Array(text.utf8))
        blanker.code(insideInterpolation: false)
        return blanker.blanked
    }

    private init(_ source: [UInt8]) {
        self.source = source
        blanked = source
    }

    private static let newline = UInt8(ascii: "\n")
    private static let quote = UInt8(ascii: "\"")
    private static let hash = UInt8(ascii: "#")
    private static let backslash = UInt8(ascii: "\\")

    private func sees(_ text: StaticString, at place: Int) -> Bool {
        guard place + text.utf8CodeUnitCount <= source.count else { return false }
        return text.description.utf8.enumerated().allSatisfy {
            source[place + $0.offset] == $0.element
        }
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where index < source.count {
            if source[index] != Self.newline { blanked[index] = UInt8(ascii: " ") }
            index += 1
        }
    }

    /// Runs to the end of the text or, inside `\(…)`, to the bracket that closes it.
    private mutating func code(insideInterpolation: Bool) {
        var depth = 0
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "/") where sees("//", at: index): lineComment()
            case UInt8(ascii: "/") where sees("/*", at: index): blockComment()
            case Self.quote, Self.hash: literalOrHash()
            case UInt8(ascii: "`"): backticks()
            case UInt8(ascii: "("):
                depth += 1
                index += 1
            case UInt8(ascii: ")"):
                if insideInterpolation && depth == 0 { return }
                depth -= 1
                index += 1
            default: index += 1
            }
        }
    }

    private mutating func lineComment() {
        while index < source.count, source[index] != Self.newline { blank() }
    }

    private mutating func blockComment() {
        var depth = 0
        repeat {
            if sees("/*", at: index) {
                depth += 1
                blank(2)
            } else if sees("*/", at: index) {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && index < source.count
    }

    private mutating func backticks() {
        index += 1
        while index < source.count, source[index] != UInt8(ascii: "`"),
            source[index] != Self.newline
        {
            blanked[index] = UInt8(ascii: "_")
            index += 1
        }
        index += 1
    }

    private mutating func literalOrHash() {
        var hashCount = 0
        while index + hashCount < source.count, source[index + hashCount] == Self.hash {
            hashCount += 1
        }
        guard index + hashCount < source.count, source[index + hashCount] == Self.quote else {
            index += hashCount
            return
        }
        index += hashCount
        let quoteCount = sees("\"\"\"", at: index) ? 3 : 1
        index += quoteCount
        string(hashCount: hashCount, quoteCount: quoteCount)
    }

    private mutating func string(hashCount: Int, quoteCount: Int) {
        while index < source.count {
            if isRun(of: Self.quote, quoteCount, at: index),
                isRun(of: Self.hash, hashCount, at: index + quoteCount)
            {
                index += quoteCount + hashCount
                return
            }
            // A single-line literal that does not end is an error of the source; go on after it.
            if quoteCount == 1 && source[index] == Self.newline { return }
            guard source[index] == Self.backslash, isRun(of: Self.hash, hashCount, at: index + 1)
            else {
                blank()
                continue
            }
            blank(1 + hashCount)
            guard index < source.count, source[index] == UInt8(ascii: "(") else {
                blank()
                continue
            }
            index += 1
            code(insideInterpolation: true)
            index += 1
        }
    }

    private func isRun(of byte: UInt8, _ count: Int, at place: Int) -> Bool {
        guard place + count <= source.count else { return false }
        return source[place..<place + count].allSatisfy { $0 == byte }
    }
}
