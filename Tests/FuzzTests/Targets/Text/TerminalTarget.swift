@testable import holdfast

extension FuzzTarget {
    /// Stored text on its way to a terminal: nothing that steers it, and never wider than asked.
    static let terminal = FuzzTarget(
        "terminal",
        seeds: [
            "\u{5}a\u{1b}]0;x\u{7}b\nc\td", "\u{20}漢字 kana \u{202e}evil\u{2069}",
            "\u{9}e\u{301}\u{FE0F}👩‍👩‍👧 ok", "\u{0}",
        ]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        let columns = Int(input.byte() % 40)
        let text = DisplayText.harmless(input.restText)
        try Harmless.forTerminals(text, "harmless text")
        for cut in [DisplayText.cut(text, to: columns), DisplayText.cutFront(text, to: columns)] {
            try hold(
                DisplayText.width(cut) <= columns,
                "\(DisplayText.width(cut)) columns, not \(columns): \(cut.debugDescription)")
        }
        let padded = DisplayText.padded(text, to: columns)
        try hold(
            DisplayText.width(padded) == max(columns, DisplayText.width(text)), "badly padded")
        let lines = DisplayText.wrapped(text, to: columns)
        try hold(
            lines.joined().filter { $0 != " " } == text.filter { $0 != " " }, "words were lost")
    }
}
