/// The zero-based place of a message in its batch, as the end of an element's `xactionId` gives it:
/// `1700000000000:1485:153:2` (milliseconds, two numbers, place) or `{uuid}-2`. The id of a single
/// message, three numbers or a bare UUID, has none.
struct ElementIndex {
    /// Names the batch.
    let prefix: Substring
    let value: Int

    /// The prefix is a batch id such as the answer itself names.
    var isOfColonForm: Bool { separator == Self.colon }

    private let separator: UInt8

    private static let colon = UInt8(ascii: ":")
    private static let dash = UInt8(ascii: "-")

    init?(_ tracer: String) {
        let bytes = tracer.utf8
        guard let end = bytes.lastIndex(where: { $0 == Self.colon || $0 == Self.dash }),
            let value = Self.place(bytes[bytes.index(after: end)...])
        else { return nil }
        prefix = tracer[..<end]
        separator = bytes[end]
        self.value = value
        let namesBatch = separator == Self.colon ? Self.isThreeFields(prefix) : Self.isUUID(prefix)
        guard namesBatch else { return nil }
    }

    /// Digits without a leading zero.
    private static func place(_ digits: Substring.UTF8View) -> Int? {
        guard (1...6).contains(digits.count), let first = digits.first,
            first != UInt8(ascii: "0") || digits.count == 1
        else { return nil }
        var value = 0
        for digit in digits {
            guard (0x30...0x39).contains(digit) else { return nil }
            value = value * 10 + Int(digit - 0x30)
        }
        return value
    }

    private static func isThreeFields(_ prefix: Substring) -> Bool {
        prefix.utf8.count { $0 == colon } == 2
    }

    private static func isUUID(_ prefix: Substring) -> Bool {
        guard prefix.utf8.count == 36 else { return false }
        return prefix.utf8.enumerated().allSatisfy { place, byte in
            switch place {
            case 8, 13, 18, 23: byte == dash
            default: Character(Unicode.Scalar(byte)).isHexDigit
            }
        }
    }
}
