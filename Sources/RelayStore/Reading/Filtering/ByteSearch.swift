/// Whether bytes stand in other bytes. Horspool's jump table: a long text is looked at in steps.
package struct ByteSearch: Sendable, Hashable {
    private let wanted: [UInt8]
    private let jumps: [Int]
    private let ignoresCase: Bool

    /// - Parameter ignoringCase: of the letters A to Z; others are compared as they are.
    package init(_ wanted: [UInt8], ignoringCase: Bool = false) {
        self.wanted = ignoringCase ? wanted.map(ByteSearch.lower) : wanted
        ignoresCase = ignoringCase
        var jumps = [Int](repeating: wanted.count, count: 256)
        for (index, byte) in self.wanted.dropLast().enumerated() {
            jumps[Int(byte)] = wanted.count - 1 - index
            if ignoringCase { jumps[Int(ByteSearch.upper(byte))] = wanted.count - 1 - index }
        }
        self.jumps = jumps
    }

    package var count: Int { wanted.count }

    package func isFound(in bytes: borrowing Span<UInt8>) -> Bool {
        let length = wanted.count
        guard length > 0 else { return true }
        var start = 0
        while start <= bytes.count - length {
            var index = length - 1
            while index >= 0, folded(bytes[start + index]) == wanted[index] { index -= 1 }
            if index < 0 { return true }
            start += jumps[Int(bytes[start + length - 1])]
        }
        return false
    }

    private func folded(_ byte: UInt8) -> UInt8 {
        ignoresCase ? ByteSearch.lower(byte) : byte
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }

    private static func upper(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte & ~0x20 : byte
    }
}
