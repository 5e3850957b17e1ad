/// Text as the query of a URL spells it.
enum PercentCoding {
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Everything but what RFC 3986 leaves unreserved.
    static func encode(_ text: [UInt8]) -> [UInt8] {
        text.flatMap { byte in
            isUnreserved(byte)
                ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
    }

    /// Also `+` for a blank, as forms write it. What is no escape stays.
    static func decode(_ text: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
                let high = value(text[index + 1]), let low = value(text[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(text[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : text[index])
                index += 1
            }
        }
        return result
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        digits.firstIndex(of: digit >= UInt8(ascii: "a") ? digit & ~0x20 : digit).map(UInt8.init)
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        let scalar = UnicodeScalar(byte)
        return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            || ("0"..."9").contains(scalar) || "-._~".utf8.contains(byte)
    }
}
