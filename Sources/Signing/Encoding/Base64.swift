/// Base 64 (RFC 4648 sections 4 and 5) in both alphabets.
package enum Base64 {
    package enum Alphabet: Sendable {
        /// `+` and `/`.
        case standard
        /// `-` and `_`: safe in URLs and file names.
        case urlSafe
    }

    /// How strictly the end of a text is read.
    package enum Padding: Sendable {
        /// `=` up to a multiple of four; unused bits must be zero.
        case required
        /// No `=` at all; unused bits must be zero.
        case none
        /// With or without `=`, unused bits ignored: for keys that people copy by hand.
        case lenient
    }

    package static func encode(
        _ bytes: [UInt8], alphabet: Alphabet = .standard, padded: Bool = true
    ) -> String {
        let digits = alphabet.digits
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        let wholeGroupsEnd = bytes.count - bytes.count % 3
        for start in stride(from: 0, to: wholeGroupsEnd, by: 3) {
            let (first, second, third) = (bytes[start], bytes[start + 1], bytes[start + 2])
            text.append(digits[Int(first >> 2)])
            text.append(digits[Int((first & 3) << 4 | second >> 4)])
            text.append(digits[Int((second & 15) << 2 | third >> 6)])
            text.append(digits[Int(third & 63)])
        }
        let rest = bytes[wholeGroupsEnd...]
        if let first = rest.first {
            let second = rest.dropFirst().first
            text.append(digits[Int(first >> 2)])
            text.append(digits[Int((first & 3) << 4 | (second ?? 0) >> 4)])
            if let second { text.append(digits[Int((second & 15) << 2)]) }
            if padded { text.append(contentsOf: repeatElement(pad, count: 3 - rest.count)) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` for anything outside the alphabet, blanks and line breaks included.
    package static func decode(
        _ text: some StringProtocol, alphabet: Alphabet = .standard, padding: Padding = .required
    ) -> [UInt8]? {
        decode(Array(text.utf8), alphabet: alphabet, padding: padding)
    }

    package static func decode(
        _ text: [UInt8], alphabet: Alphabet = .standard, padding: Padding = .required
    ) -> [UInt8]? {
        guard let digits = unpadded(text, padding) else { return nil }
        let values = alphabet.values
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        let unusedBits = bits & ((1 << bitCount) - 1)
        return unusedBits == 0 || padding == .lenient ? bytes : nil
    }

    private static let pad = UInt8(ascii: "=")

    /// The digits before the padding; `nil` when their number or the padding cannot be right.
    private static func unpadded(_ text: [UInt8], _ padding: Padding) -> ArraySlice<UInt8>? {
        let end = text.lastIndex { $0 != pad }.map { $0 + 1 } ?? 0
        let padCount = text.count - end
        let missing = (4 - end % 4) % 4
        guard missing != 3 else { return nil }
        let accepted =
            switch padding {
            case .required: padCount == missing
            case .none: padCount == 0
            case .lenient: padCount == 0 || padCount == missing
            }
        return accepted ? text[..<end] : nil
    }
}
