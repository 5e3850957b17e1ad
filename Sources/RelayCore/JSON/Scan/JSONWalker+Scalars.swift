/// Strings and numbers: the inner loops of the walk.
extension JSONWalker {
    /// From the opening quote to behind the closing one.
    mutating func string(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) -> JSONText {
        let start = position + 1
        var hasEscapes = false
        position = start
        while true {
            position = Self.plainEnd(from: position, bytes)
            guard position < bytes.count else { throw fault(.unexpectedEnd) }
            switch bytes[position] {
            case ASCII.quote:
                position += 1
                return JSONText(range: start..<position - 1, hasEscapes: hasEscapes)
            case ASCII.backslash:
                hasEscapes = true
                try escape(bytes)
            case 0x80...:
                try multibyteScalars(bytes)
            default:
                throw fault(.controlCharacter)
            }
        }
    }

    /// Skips the bytes that stand for themselves, eight at a time while there are eight: printable
    /// ASCII without quote and backslash. The arithmetic marks the high bit of each byte that ends
    /// the run; a borrow can only mark wrongly above the first true mark, which is the one used.
    private static func plainEnd(from start: Int, _ bytes: borrowing Swift.Span<UInt8>) -> Int {
        var index = start
        let count = bytes.count
        while index &+ 8 <= count {
            let word = bytes.littleEndianWord(at: index)
            let quote = word ^ 0x2222_2222_2222_2222
            let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let ones: UInt64 = 0x0101_0101_0101_0101
            let marks =
                ((word &- 0x2020_2020_2020_2020) | word
                    | ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash))
                & 0x8080_8080_8080_8080
            if marks != 0 { return index &+ marks.trailingZeroBitCount &>> 3 }
            index &+= 8
        }
        while index < count, isPlain(bytes[index]) { index &+= 1 }
        return index
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= ASCII.space && byte < 0x80 && byte != ASCII.quote && byte != ASCII.backslash
    }

    private mutating func escape(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) {
        position += 1
        guard position < bytes.count else { throw fault(.unexpectedEnd) }
        switch bytes[position] {
        case ASCII.quote, ASCII.backslash, ASCII.slash, ASCII.b, ASCII.f, ASCII.n, ASCII.r,
            ASCII.t:
            position += 1
        case ASCII.u:
            position += 1
            for _ in 0..<4 {
                guard position < bytes.count else { throw fault(.unexpectedEnd) }
                guard ASCII.hexValue(bytes[position]) != nil else { throw fault(.badEscape) }
                position += 1
            }
        default:
            throw fault(.badEscape)
        }
    }

    /// A run of scalars beyond ASCII, by the table of well-formed sequences (Unicode, table 3-7):
    /// nothing overlong, no surrogates, nothing above U+10FFFF.
    private mutating func multibyteScalars(
        _ bytes: borrowing Swift.Span<UInt8>
    ) throws(JSONError) {
        while position < bytes.count, bytes[position] >= 0x80 {
            let length: Int
            var second: ClosedRange<UInt8> = 0x80...0xBF
            switch bytes[position] {
            case 0xC2...0xDF: length = 2
            case 0xE0: (length, second) = (3, 0xA0...0xBF)
            case 0xED: (length, second) = (3, 0x80...0x9F)
            case 0xE1...0xEF: length = 3
            case 0xF0: (length, second) = (4, 0x90...0xBF)
            case 0xF1...0xF3: length = 4
            case 0xF4: (length, second) = (4, 0x80...0x8F)
            default: throw fault(.badUTF8)
            }
            guard position + length <= bytes.count else { throw fault(.badUTF8) }
            guard second.contains(bytes[position + 1]) else { throw fault(.badUTF8) }
            for index in position + 2..<position + max(length, 2)
            where bytes[index] & 0xC0 != 0x80 { throw fault(.badUTF8) }
            position += length
        }
    }

    mutating func number(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) -> Range<Int> {
        let start = position
        if bytes[position] == ASCII.minus { position += 1 }
        if position < bytes.count, bytes[position] == ASCII.zero {
            position += 1
        } else {
            try digits(bytes)
        }
        if position < bytes.count, bytes[position] == ASCII.point {
            position += 1
            try digits(bytes)
        }
        if position < bytes.count, bytes[position] | 0x20 == 0x65 {
            position += 1
            if position < bytes.count,
                bytes[position] == ASCII.plus || bytes[position] == ASCII.minus
            {
                position += 1
            }
            try digits(bytes)
        }
        return start..<position
    }

    /// At least one.
    private mutating func digits(_ bytes: borrowing Swift.Span<UInt8>) throws(JSONError) {
        guard position < bytes.count else { throw fault(.unexpectedEnd) }
        guard ASCII.isDigit(bytes[position]) else { throw fault(.badNumber) }
        while position < bytes.count, ASCII.isDigit(bytes[position]) { position += 1 }
    }
}

extension Swift.Span where Element == UInt8 {
    /// Eight bytes, the first in the lowest bits; the optimiser makes one load of it.
    @inline(__always)
    fileprivate func littleEndianWord(at index: Int) -> UInt64 {
        UInt64(self[index]) | UInt64(self[index &+ 1]) &<< 8 | UInt64(self[index &+ 2]) &<< 16
            | UInt64(self[index &+ 3]) &<< 24 | UInt64(self[index &+ 4]) &<< 32
            | UInt64(self[index &+ 5]) &<< 40 | UInt64(self[index &+ 6]) &<< 48
            | UInt64(self[index &+ 7]) &<< 56
    }
}
