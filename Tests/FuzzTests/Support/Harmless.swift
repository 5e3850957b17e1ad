/// What may reach a terminal, a log or a table: said here once more, in none of the code's own
/// words.
enum Harmless {
    /// Could move a cursor, end a line or begin an escape sequence.
    static func steers(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control || scalar == "\u{2028}"
            || scalar == "\u{2029}"
    }

    /// Turns the direction of writing.
    static func turns(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isBidiControl
    }

    static func oneLine(_ text: String, _ what: String) throws(Finding) {
        for scalar in text.unicodeScalars where steers(scalar) {
            throw Finding(
                "\(what) has U+\(String(scalar.value, radix: 16)): \(text.debugDescription)")
        }
    }

    static func forTerminals(_ text: String, _ what: String) throws(Finding) {
        try oneLine(text, what)
        for scalar in text.unicodeScalars where turns(scalar) {
            throw Finding(
                "\(what) has U+\(String(scalar.value, radix: 16)): \(text.debugDescription)")
        }
    }
}
