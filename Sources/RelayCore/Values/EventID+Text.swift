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
        // 128 bits: 48 time | 21 counter | 59 lineage, most significant first.
        let bits = UInt128(sequence) << 59 | UInt128(lineage)
        return [UInt8](filling: 26) { index in
            let shift = UInt128(5 * (25 - index))
            return EventID.alphabet[Int(truncatingIfNeeded: bits >> shift & 31)]
        }
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

extension [UInt8] {
    /// Fills an array of known length from its indices.
    fileprivate init(filling count: Int, _ element: (Int) -> UInt8) {
        self.init()
        reserveCapacity(count)
        for index in 0..<count { append(element(index)) }
    }
}
