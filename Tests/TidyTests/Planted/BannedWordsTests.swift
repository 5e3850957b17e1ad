import Testing

@Suite struct BannedWordsTests {
    static let refused = [
        "let a = try! load()", "let a = b as! C", "let a = b!", "let a = b()!", "let a = b[0]!",
        "var a: B!", "let a = b!.c", "let a = \"1\"!", "print(a)", "if x { print(a) }",
        "debugPrint(a)", "let a = Date()", "let a = Date.now", "Task.detached { }",
        "nonisolated(unsafe) var a = 1", "fatalError(\"unreachable\")",
        "fatalError(\"unimplemented\")", "let a = \"\\(b!)\"", "let a = \"\\(try! b(\"c\"))\"",
    ]

    static let accepted = [
        "let a = try load()", "let a = b as? C", "if a != b { }", "if !a { }", "if a || !b { }",
        "let a = \"print(b) try! c as! d e!\"", "// print(a), b!, try! c", "/* b! /* c! */ d! */",
        "let a = \"\"\"\n    b! \"c!\" print(d)\n    \"\"\"", "let a = #\"b\" c! \"\"#",
        "let a = #\"\\(b!)\"#", "pretty.print(a)", "func print(_ a: Int) { }", "reprint(a)",
        "let a: Date = now", "let a = Date(timeIntervalSince1970: 0)", "Task { }",
        "fatalError(\"the page size changed\")", "func `it works!`() { }",
    ]

    @Test(arguments: refused)
    func `a banned word is found`(text: String) {
        #expect(Planted.lines(BannedWords.check, in: "\n" + text) == [2])
    }

    @Test(arguments: accepted)
    func `what only looks like a banned word passes`(text: String) {
        #expect(Planted.lines(BannedWords.check, in: text) == [])
    }

    @Test func `only the output funnel of an executable prints`() {
        let funnel = "Sources/holdfast/Terminal/Output.swift"
        #expect(Planted.lines(BannedWords.check, in: "print(a)", at: funnel) == [])
        for path in ["Sources/holdfast/Serve.swift", "Sources/RelayStore/Output.swift"] {
            #expect(Planted.lines(BannedWords.check, in: "print(a)", at: path) == [1])
        }
    }

    @Test func `the message says what to write instead`() {
        let found = Planted.messages(BannedWords.check, in: "let a = Date()")
        #expect(found == ["take the time from the Clock that was passed in instead of Date()"])
    }

    @Test(arguments: ["FIX" + "ME", "TO" + "DO"])
    func `an open end is found in any file`(mark: String) {
        let file = SourceFile("deploy/holdfast.service", "[Unit]\n# \(mark): describe\n")
        #expect(OpenEnds.check(file).map(\.line) == [2])
    }
}
