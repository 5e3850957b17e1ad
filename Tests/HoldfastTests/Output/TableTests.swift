import Testing

@testable import holdfast

struct TableTests {
    private func sample() -> Table {
        var table = Table([
            .init("ID"), .init("N", right: true), .init("WORDS", smallest: 6),
            .init("LAST", smallest: 6),
        ])
        table.add(["a", "1", "short", "x"])
        table.add([
            "abcdef", "1000", Table.Cell(String(repeating: "w", count: 90)),
            Table.Cell(String(repeating: "z", count: 60)),
        ])
        return table
    }

    @Test func `a table that fits is aligned, and no line ends in blanks`() {
        let lines = sample().render(width: 200, colour: false).lines
        #expect(lines[1].hasPrefix("a          1  short"))
        #expect(lines[2].hasPrefix("abcdef  1000  ww"))
        #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
    }

    @Test func `on a narrow screen only the columns that may be cut are cut`() {
        let lines = sample().render(width: 80, colour: false).lines
        #expect(lines.allSatisfy { $0.count <= 80 })
        #expect(lines[2].hasPrefix("abcdef  1000  "))
        #expect(lines[2].contains("w~") && lines[2].hasSuffix("z~"))
    }

    @Test func `without a screen nothing is cut`() {
        let lines = sample().render(width: nil, colour: false).lines
        #expect(lines[2].contains(String(repeating: "w", count: 90)))
    }

    @Test func `a later part lines up with the first`() {
        let first = sample().render(width: 80, colour: false)
        var second = Table(sample().columns)
        second.add(["b", "2", "y", "z"])
        let line = second.render(width: 80, colour: false, header: false, widths: first.widths)
        #expect(line.lines.count == 1)
        #expect(line.lines[0].hasPrefix("b          2  y"))
    }

    @Test func `colour is around the words, not the blanks`() {
        var table = Table([.init("STATE"), .init("X")])
        table.add([Table.Cell("dead", .red), "x"])
        let lines = table.render(width: 80, colour: true).lines
        #expect(lines[1] == "\u{1B}[31mdead\u{1B}[0m   x")
    }

    @Test(arguments: [
        ("\u{1B}[2J", #"\u{1b}[2J"#), ("a\nb", #"a\nb"#), ("\u{9B}1m", #"\u{9b}1m"#),
        ("\u{202E}txt", #"\u{202e}txt"#), ("\u{7}", #"\u{7}"#), ("caf\u{E9}", "caf\u{E9}"),
        ("\u{2028}", #"\u{2028}"#),
    ])
    func `hostile text is made harmless`(text: String, expected: String) {
        #expect(DisplayText.harmless(text) == expected)
        #expect(Table.Cell(text).text == expected)
    }

    @Test(arguments: [
        ("abc", 3), ("\u{65E5}\u{672C}", 4), ("e\u{301}", 1), ("\u{1F600}", 2), ("", 0),
        ("\u{1F468}\u{200D}\u{1F469}", 2), ("\u{2764}\u{FE0F}", 2),
    ])
    func `width is counted in columns`(text: String, columns: Int) {
        #expect(DisplayText.width(text) == columns)
    }

    @Test func `cutting never splits a wide character`() {
        #expect(DisplayText.cut("\u{65E5}\u{672C}\u{8A9E}\u{65E5}", to: 6) == "\u{65E5}...")
        #expect(DisplayText.cut("abcdef", to: 6) == "abcdef")
        #expect(DisplayText.cut("abcdefg", to: 6) == "abc...")
        #expect(DisplayText.cut("abcdefg", to: 3) == "abc")
    }
}
