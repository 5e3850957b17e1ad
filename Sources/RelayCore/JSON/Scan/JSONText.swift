/// The inside of a JSON string as it stands in the source, already known to be valid.
struct JSONText {
    let range: Range<Int>
    let hasEscapes: Bool

    func decoded(in bytes: borrowing Swift.Span<UInt8>) -> String {
        hasEscapes
            ? String(decoding: unescaped(in: bytes), as: UTF8.self) : bytes.text(in: range)
    }

    func equals(_ wanted: [UInt8], in bytes: borrowing Swift.Span<UInt8>) -> Bool {
        if hasEscapes { return unescaped(in: bytes) == wanted }
        guard range.count == wanted.count else { return false }
        for index in wanted.indices where bytes[range.lowerBound + index] != wanted[index] {
            return false
        }
        return true
    }

    private func unescaped(in bytes: borrowing Swift.Span<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            guard bytes[index] == ASCII.backslash else {
                result.append(bytes[index])
                index += 1
                continue
            }
            if bytes[index + 1] == ASCII.u {
                let (scalar, end) = escapedScalar(at: index, in: bytes)
                result.append(contentsOf: Character(scalar).utf8)
                index = end
            } else {
                result.append(Self.escaped(bytes[index + 1]))
                index += 2
            }
        }
        return result
    }

    /// Two `\u` escapes that form a surrogate pair are one scalar; a lone half is U+FFFD.
    private func escapedScalar(
        at start: Int, in bytes: borrowing Swift.Span<UInt8>
    ) -> (Unicode.Scalar, end: Int) {
        let first = Self.codeUnit(at: start + 2, in: bytes)
        let next = start + 6
        if let scalar = Unicode.Scalar(first) { return (scalar, next) }
        guard
            first < 0xDC00, next + 6 <= range.upperBound,
            bytes[next] == ASCII.backslash, bytes[next + 1] == ASCII.u
        else { return (Self.replacement, next) }
        let second = Self.codeUnit(at: next + 2, in: bytes)
        guard (0xDC00...0xDFFF).contains(second) else { return (Self.replacement, next) }
        let value = 0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF)
        return (Unicode.Scalar(value) ?? Self.replacement, next + 6)
    }

    private static let replacement: Unicode.Scalar = "\u{FFFD}"

    private static func codeUnit(at start: Int, in bytes: borrowing Swift.Span<UInt8>) -> UInt32 {
        var unit: UInt32 = 0
        for index in start..<start + 4 {
            unit = unit << 4 | UInt32(ASCII.hexValue(bytes[index]) ?? 0)
        }
        return unit
    }

    private static func escaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case ASCII.b: 0x08
        case ASCII.f: 0x0C
        case ASCII.n: 0x0A
        case ASCII.r: 0x0D
        case ASCII.t: 0x09
        default: byte
        }
    }
}

extension Swift.Span where Element == UInt8 {
    /// A range already known to be UTF-8.
    func text(in range: Range<Int>) -> String {
        guard let valid = try? UTF8Span(validating: extracting(range)) else {
            preconditionFailure("the walk lets no malformed UTF-8 pass")
        }
        return String(copying: valid)
    }
}
