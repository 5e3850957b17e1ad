extension EventID: CustomStringConvertible {
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    private static let digitValues: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in alphabet.enumerated() {
            values[Int(digit)] = UInt8(value)
            values[Int(digit | 0x20)] = UInt8(value)
        }
        return values
    }()

    /// 26 characters; the first carries three bits, the others five each.
    package var description: String {
        String(decoding: utf8, as: UTF8.self)
    }

    package var utf8: [UInt8] {
        // 128 bits: 48 time | 21 counter | 59 lineage, most significant first. In two halves of 13
        // digits, because shifts of 128 bits are no single instructions.
        let low = UInt64(bitPattern: lineage) | UInt64(bitPattern: sequence) << 59
        let high = UInt64(bitPattern: sequence) >> 6
        let middle = UInt64(bitPattern: sequence) >> 5 & 1
        var text = [UInt8](repeating: 0, count: 26)
        let alphabet = EventID.alphabet
        for place in 0..<13 {
            let shift = UInt64(5 * (12 - place))
            text[place] = alphabet[Int(high >> shift & 31)]
            text[13 + place] = alphabet[Int(low >> shift & 31)]
        }
        // The lower half has 65 bits, of which its word lacks the topmost.
        text[13] = alphabet[Int(low >> 60 | middle << 4)]
        return text
    }

    package init?(_ text: some StringProtocol) {
        let digits = Array(text.utf8)
        guard digits.count == 26 else { return nil }
        var bits: UInt128 = 0
        for digit in digits {
            let value = EventID.digitValues[Int(digit)]
            guard value < 32, bits >> 123 == 0 else { return nil }
            bits = bits << 5 | UInt128(value)
        }
        let sequence = bits >> 59
        guard sequence <= UInt128(Int64.max) else { return nil }
        self.init(
            sequence: Int64(sequence),
            lineage: Int64(bits & UInt128(EventID.lineageLimit - 1)))
    }
}
