/// A Swift file as words with their surroundings: comments and literals do not count.
struct SwiftCode: Sendable {
    struct Word: Sendable {
        let text: String
        let line: Int
        /// Offset of the first byte after the word.
        let end: Int
        /// The bytes that touch the word, 0 at either end of the file.
        let before: UInt8
        let after: UInt8
    }

    let bytes: [UInt8]
    let words: [Word]
    /// Offset of each line's first byte.
    private let lineStarts: [Int]

    init(_ text: String) {
        let code = SwiftBlanker.code(of: text)
        var words: [Word] = []
        var lineStarts = [0]
        var start: Int?
        for (index, byte) in code.enumerated() {
            if Self.isPartOfWord(byte) {
                start = start ?? index
                continue
            }
            if let first = start {
                words.append(Self.word(code, first..<index, line: lineStarts.count))
                start = nil
            }
            if byte == UInt8(ascii: "\n") { lineStarts.append(index + 1) }
        }
        if let first = start {
            words.append(Self.word(code, first..<code.count, line: lineStarts.count))
        }
        bytes = code
        self.words = words
        self.lineStarts = lineStarts
    }

    private static func isPartOfWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default: false
        }
    }

    private static func word(_ code: [UInt8], _ range: Range<Int>, line: Int) -> Word {
        Word(
            text: String(decoding: code[range], as: UTF8.self), line: line, end: range.upperBound,
            before: range.lowerBound > 0 ? code[range.lowerBound - 1] : 0,
            after: range.upperBound < code.count ? code[range.upperBound] : 0)
    }

    /// The line of a byte, counted from 1.
    func line(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// Whether exactly this text follows the word, without a blank between.
    func follows(_ word: Word, _ text: String) -> Bool {
        bytes[word.end...].starts(with: text.utf8)
    }
}
