import Testing

@Suite struct SizesTests {
    static func function(lines: Int, head: String = "func long()") -> String {
        "\(head) {\n" + String(repeating: "    step() // }\n", count: lines - 2) + "}\n"
    }

    @Test func `a file over its size is found`() {
        let most = SourceFile("a.swift", String(repeating: "\n", count: Sizes.fileLines))
        let over = SourceFile("a.swift", String(repeating: "\n", count: Sizes.fileLines + 1))
        #expect(Sizes.files(most).isEmpty)
        #expect(Sizes.files(over).map(\.line) == [Sizes.fileLines + 1])
    }

    @Test func `a line over its size is found, counted in columns`() {
        let most = String(repeating: "é", count: Sizes.lineColumns)
        #expect(Sizes.lines(SourceFile("a.swift", most)).isEmpty)
        #expect(Sizes.lines(SourceFile("a.swift", "\n\(most)é\n")).map(\.line) == [2])
    }

    @Test(arguments: [
        "func long()", "init(a: Int = { 1 }())", "init?(_ a: A) throws(B) -> C", "deinit",
        "subscript(i: Int) -> A", "var body: some A", "func long<A>(\n    a: A\n) -> A\nwhere A: B",
        "func `a name with { in it`()", "func long(_ a: () -> Void = {})",
    ])
    func `a function over its size is found`(head: String) {
        let headLines = head.split(separator: "\n").count - 1
        let most = Self.function(lines: Sizes.functionLines - headLines, head: head)
        let over = Self.function(lines: Sizes.functionLines - headLines + 1, head: head)
        #expect(Planted.lines(Sizes.functions, in: "struct A {\n\(most)}\n") == [])
        #expect(Planted.lines(Sizes.functions, in: "struct A {\n\(over)}\n") == [2])
    }

    @Test func `braces in literals do not end a function`() {
        let text = "func long() {\n" + String(repeating: "a(\"}\", #\"}\"#)\n", count: 80) + "}\n"
        #expect(Planted.lines(Sizes.functions, in: text) == [1])
    }

    @Test func `a requirement of a protocol has no body`() {
        let requirement = "protocol A {\n    func a()\n    var b: Int { get }\n    init()\n}\n"
        let type = "struct B {\n" + String(repeating: "    let a = 1\n", count: 90) + "}\n"
        #expect(Planted.lines(Sizes.functions, in: requirement + type) == [])
    }

    @Test func `a crowded folder is found, sub-folders apart`() {
        let most = (1...Sizes.folderSwiftFiles).map { SourceFile("Sources/A/\($0).swift", "") }
        #expect(Sizes.folders(most + [SourceFile("Sources/A/B/c.swift", "")]).isEmpty)
        let over = Sizes.folders(most + [SourceFile("Sources/A/c.swift", "")])
        #expect(over.map(\.path) == ["Sources/A"])
    }
}
