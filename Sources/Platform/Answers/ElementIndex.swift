/// The zero-based place of a message in its batch, as the end of an element's `xactionId` gives it:
/// `1700000000000:1485:153:2` (milliseconds, two numbers, place) or `{uuid}-2`. The id of a single
/// message, three numbers or a bare UUID, has none.
struct ElementIndex {
    /// Names the batch.
    let prefix: Substring
    let value: Int

    init?(_ tracer: String) {
        guard let separator = tracer.lastIndex(where: { $0 == ":" || $0 == "-" }) else {
            return nil
        }
        prefix = tracer[..<separator]
        let digits = tracer[tracer.index(after: separator)...]
        guard (1...6).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            digits == "0" || !digits.hasPrefix("0"), let value = Int(digits)
        else { return nil }
        self.value = value
        let namesBatch =
            tracer[separator] == ":" ? Self.isThreeFields(prefix) : Self.isUUID(prefix)
        guard namesBatch else { return nil }
    }

    private static func isThreeFields(_ prefix: Substring) -> Bool {
        prefix.split(separator: ":", omittingEmptySubsequences: false).count == 3
    }

    private static func isUUID(_ prefix: Substring) -> Bool {
        let groups = prefix.split(separator: "-", omittingEmptySubsequences: false)
        return groups.map(\.utf8.count) == [8, 4, 4, 4, 12]
            && groups.allSatisfy { $0.allSatisfy(\.isHexDigit) }
    }
}
