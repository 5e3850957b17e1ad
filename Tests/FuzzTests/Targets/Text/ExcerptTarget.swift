import Platform
import RelayCore

extension FuzzTarget {
    /// Foreign words in a table: one line, within its bytes.
    static let excerpt = FuzzTarget(
        "excerpt", seeds: [" a  b\n\u{202e}c ", "\u{1F600}\u{1F600}\u{1F600}", "\u{FEFF}x\u{0}"]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        let limitBytes = 3 + Int(input.byte() % 64)
        let words = Excerpt.of(input.restText, limitBytes: limitBytes)
        try Harmless.forTerminals(words, "the excerpt")
        try hold(
            words.utf8.count <= limitBytes, "\(words.utf8.count) bytes, not \(limitBytes)")
        try hold(!words.hasPrefix(" ") && !words.hasSuffix(" "), "blanks around: \(words)")
    }
}
