import Testing

@testable import holdfast

struct CommandLineParserTests {
    private static let parser = CommandLineParser(commands: [
        CommandDescription(
            name: "pick", summary: "picks",
            arguments: [.init("ID"), .init("FILE", optional: true)],
            options: [
                OptionDescription("json", "flag"),
                OptionDescription("limit", value: "N", "number"),
                OptionDescription("state", value: "STATE", "many", repeats: true),
                OptionDescription(
                    "by", value: "KEY", "choice", hint: .oneOf(["hook", "error"])),
            ], examples: []),
        CommandDescription(name: "plain", summary: "plain", examples: []),
    ])

    private func parse(_ line: String) throws(UsageError) -> ParsedLine {
        try Self.parser.parse(line.split(separator: " ").map(String.init))
    }

    private func invocation(
        _ options: [String: [String]] = [:], _ arguments: [String] = ["a"]
    ) -> ParsedLine {
        .run(Invocation(command: "pick", options: options, arguments: arguments))
    }

    @Test func `options and arguments may stand in any order`() throws {
        #expect(try parse("pick a") == invocation())
        #expect(try parse("pick a b") == invocation([:], ["a", "b"]))
        #expect(
            try parse("pick --limit 5 a --json") == invocation(["limit": ["5"], "json": [""]]))
        #expect(try parse("pick --limit=5 a") == invocation(["limit": ["5"]]))
        #expect(try parse("pick --limit=a=b a") == invocation(["limit": ["a=b"]]))
        #expect(
            try parse("pick --state x --state=y a") == invocation(["state": ["x", "y"]]))
    }

    @Test func `a dash is an argument and a value, two dashes end the options`() throws {
        #expect(try parse("pick -") == invocation([:], ["-"]))
        #expect(try parse("pick --limit - a") == invocation(["limit": ["-"]]))
        #expect(try parse("pick -- --json -x") == invocation([:], ["--json", "-x"]))
    }

    /// An accent behind the signs makes one character of the two.
    @Test(arguments: ["pick --limit --\u{64C} a", "pick a --\u{301}", "pick a -\u{301}"])
    func `an option that begins with an accent is no value and no argument`(line: String) {
        #expect(throws: UsageError.self) { try parse(line) }
    }

    @Test func `help and version`() throws {
        #expect(try parse("") == .help(command: nil))
        #expect(try parse("-h") == .help(command: nil))
        #expect(try parse("--help") == .help(command: nil))
        #expect(
            try parse("pick --nothing-yet -h".replacing("--nothing-yet ", with: ""))
                == .help(command: "pick"))
        #expect(try parse("pick --help") == .help(command: "pick"))
        #expect(try parse("-v") == .version)
        #expect(try parse("--version") == .version)
    }

    @Test(arguments: [
        ("pikc a", #"there is no command "pikc"; did you mean "pick"? See 'holdfast help'"#),
        ("--json pick", "a command comes first, before --json"),
        ("pick --jsno a", "there is no option --jsno; did you mean --json?"),
        ("pick --zzzzzzzz a", "there is no option --zzzzzzzz;"),
        ("pick -x a", "-x is no option: options are long, like --json"),
        ("pick a --limit", "--limit needs a value: --limit N"),
        ("pick a --limit --json", "--limit needs a value: --limit N"),
        ("pick a --limit=", "--limit needs a value: --limit N"),
        ("pick a --by=", "--by needs a value: --by KEY"),
        ("pick a --json=yes", "--json takes no value"),
        ("pick a --limit 1 --limit 2", "--limit is given twice"),
        ("pick a --json --json", "--json is given twice"),
        ("pick", "ID is missing"),
        ("pick a b c", #""c" is one argument too many"#),
        ("pick a --by hok", "it is one of: hook, error; did you mean hook? See"),
        ("plain x", #""x" is one argument too many"#),
    ])
    func `mistakes are named`(line: String, expected: String) {
        let error = #expect(throws: UsageError.self) { _ = try parse(line) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("holdfast") == true)
        #expect(error?.description.contains("ee 'holdfast help") == true)
        #expect(error?.description.contains("\n") == false)
    }

    @Test func `a word with control characters is not echoed raw`() {
        let error = #expect(throws: UsageError.self) {
            _ = try Self.parser.parse(["\u{1B}[31m"])
        }
        #expect(error?.description.contains("\u{1B}") == false)
    }
}
