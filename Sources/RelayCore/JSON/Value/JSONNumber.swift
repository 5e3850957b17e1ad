/// A number as it is written: 12345678901234567890 and 1.10 survive. Equal means equally spelled.
package struct JSONNumber: Sendable, Hashable, CustomStringConvertible {
    /// Always a number of JSON's grammar.
    package let text: String

    package init?(_ text: String) {
        guard text.utf8.first.map({ $0 == ASCII.minus || ASCII.isDigit($0) }) == true,
            JSONScanner.verdict(on: Array(text.utf8)) == .valid(.scalar),
            text.utf8.last.map(ASCII.isDigit) == true
        else { return nil }
        self.text = text
    }

    package init(_ value: some BinaryInteger) {
        text = String(value)
    }

    /// Nil for what JSON cannot write: infinities and NaN. Whole numbers lose their ".0".
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        if let whole = Self.whole(value) {
            text = String(whole)
        } else {
            text = "\(value)"
        }
    }

    /// For text that the grammar has already passed.
    init(unchecked text: String) {
        self.text = text
    }

    /// The exact value when it is whole and fits; `1e3` and `2.0` are whole, too.
    package var int64: Int64? {
        if let exact = Int64(text) { return exact }
        return double.flatMap(Self.whole)
    }

    package var double: Double? { Double(text) }

    package var description: String { text }

    /// Up to 2^53, where every whole number has a double of its own.
    private static func whole(_ value: Double) -> Int64? {
        guard abs(value) <= 9_007_199_254_740_992 else { return nil }
        let whole = Int64(value)
        return Double(whole) == value ? whole : nil
    }
}
