/// Walks over a text that is known to be valid, so every branch may rely on the grammar.
struct ElementCutter {
    let countLimit: Int
    private var position = 0

    init(countLimit: Int) {
        self.countLimit = countLimit
    }

    /// Of several members of that name the last counts, as everywhere.
    mutating func cut(
        key: [UInt8], in bytes: borrowing Swift.Span<UInt8>
    ) -> JSONElements.Outcome {
        var outcome = JSONElements.Outcome.noSuchList
        enter(bytes)
        while bytes[position] != ASCII.closeBrace {
            let isWanted = string(bytes).equals(key, in: bytes)
            skipBlanks(bytes)
            position += 1  // the colon
            skipBlanks(bytes)
            if isWanted {
                outcome = bytes[position] == ASCII.openBracket ? elements(bytes) : skipped(bytes)
            } else {
                skipValue(bytes)
            }
            skipSeparator(bytes)
        }
        return outcome
    }

    private mutating func elements(
        _ bytes: borrowing Swift.Span<UInt8>
    ) -> JSONElements.Outcome {
        var ranges: [Range<Int>] = []
        var isOver = false
        enter(bytes)
        while bytes[position] != ASCII.closeBracket {
            let start = position
            skipValue(bytes)
            if ranges.count < countLimit {
                ranges.append(start..<position)
            } else {
                isOver = true
            }
            skipSeparator(bytes)
        }
        position += 1
        return isOver ? .tooMany : .found(ranges)
    }

    private mutating func skipped(
        _ bytes: borrowing Swift.Span<UInt8>
    ) -> JSONElements.Outcome {
        skipValue(bytes)
        return .noSuchList
    }

    /// To the first thing inside a container, or to its end.
    private mutating func enter(_ bytes: borrowing Swift.Span<UInt8>) {
        skipBlanks(bytes)
        position += 1
        skipBlanks(bytes)
    }

    private mutating func skipSeparator(_ bytes: borrowing Swift.Span<UInt8>) {
        skipBlanks(bytes)
        guard bytes[position] == ASCII.comma else { return }
        position += 1
        skipBlanks(bytes)
    }

    private mutating func skipValue(_ bytes: borrowing Swift.Span<UInt8>) {
        switch bytes[position] {
        case ASCII.quote: _ = string(bytes)
        case ASCII.openBrace, ASCII.openBracket: skipContainer(bytes)
        default: while !endsScalar(bytes[position]) { position += 1 }
        }
    }

    private mutating func skipContainer(_ bytes: borrowing Swift.Span<UInt8>) {
        var depth = 0
        repeat {
            switch bytes[position] {
            case ASCII.quote:
                _ = string(bytes)
                continue
            case ASCII.openBrace, ASCII.openBracket: depth += 1
            case ASCII.closeBrace, ASCII.closeBracket: depth -= 1
            default: break
            }
            position += 1
        } while depth > 0
    }

    /// From the opening quote to behind the closing one.
    private mutating func string(_ bytes: borrowing Swift.Span<UInt8>) -> JSONText {
        position += 1
        let start = position
        var hasEscapes = false
        while bytes[position] != ASCII.quote {
            if bytes[position] == ASCII.backslash {
                hasEscapes = true
                position += 1
            }
            position += 1
        }
        position += 1
        return JSONText(range: start..<position - 1, hasEscapes: hasEscapes)
    }

    private mutating func skipBlanks(_ bytes: borrowing Swift.Span<UInt8>) {
        while ASCII.isWhiteSpace(bytes[position]) { position += 1 }
    }

    private func endsScalar(_ byte: UInt8) -> Bool {
        ASCII.isWhiteSpace(byte) || byte == ASCII.comma || byte == ASCII.closeBracket
            || byte == ASCII.closeBrace
    }
}
