import Testing

@testable import holdfast

struct HelpTests {
    @Test(arguments: CommandTable.descriptions.map(\.name))
    func `a page fits 80 columns and is plain ASCII`(name: String) throws {
        let run = CommandRun(["help", name])
        #expect(run.code == .done)
        for line in run.lines {
            #expect(line.utf8.count <= 80, "\(line)")
            #expect(line.utf8.allSatisfy { $0 < 0x80 }, "\(line)")
        }
        #expect(CommandRun([name, "--help"]).output == run.output)
        #expect(run.output.contains("examples:"))
    }

    @Test func `every example is a line the parser takes`() throws {
        let parser = CommandLineParser(commands: CommandTable.descriptions)
        for command in CommandTable.descriptions {
            for example in command.examples {
                let call = example.line.split { "|>".contains($0) }
                    .map { $0.split(separator: " ").map(String.init) }
                    .first { $0.contains("holdfast") }
                let words = try #require(call?.drop { $0 != "holdfast" }.dropFirst())
                #expect(throws: Never.self) { _ = try parser.parse(Array(words)) }
            }
        }
    }

    @Test func `the overview fits and names every command`() {
        let run = CommandRun(["help"])
        #expect(run.lines.allSatisfy { $0.utf8.count <= 80 })
        for name in CommandTable.descriptions.map(\.name) {
            #expect(run.output.contains("  \(name)"))
        }
    }

    @Test func `exit codes of wrong usage`() {
        #expect(CommandRun([]).code == .usage)
        #expect(CommandRun(["lsit"]).code == .usage)
        #expect(CommandRun(["help", "lsit"]).messages.contains("did you mean \"list\"?"))
        #expect(CommandRun(["version"]).output == CommandRun(["-v"]).output)
    }
}
