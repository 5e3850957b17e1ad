import RelayCore
import RelayTesting
import Testing

struct CommandLineTests {
    private func run(_ words: String...) throws -> CommandResult {
        try ChildProcess.run(Program.holdfast, words)
    }

    @Test(arguments: [
        (["lsit"], "list"), (["stauts"], "status"), (["list", "--stat", "dead"], "--state"),
        (["list", "--jsno"], "--json"), (["help", "serv"], "serve"),
        (["list", "--error", "netwrok", "--db", "x"], "network"),
        (["list", "--state", "deliverd", "--db", "x"], "delivered"),
    ])
    func `a slip of the pen is answered with the nearest word`(
        words: [String], nearest: String
    ) throws {
        let result = try ChildProcess.run(Program.holdfast, words)
        #expect(result.code == 2)
        #expect(result.output.isEmpty)
        #expect(result.errors.contains("did you mean") && result.errors.contains(nearest))
        #expect(result.errors.split(separator: "\n").count == 1)
    }

    @Test func `help pages fit a narrow terminal and are the same by every road`() throws {
        let overview = try run("help")
        #expect(overview.code == 0)
        let names = overview.lines.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
            .compactMap { $0.split(separator: " ").first.map { String($0) } }
        #expect(names.contains("serve") && names.contains("list"))
        #expect(try run("--help").output == overview.output)
        #expect(try run("-h").output == overview.output)
        for name in names {
            let page = try run("help", name)
            #expect(page.code == 0, "\(name)")
            #expect(try run(name, "--help").output == page.output, "\(name)")
            #expect(page.output.hasPrefix("holdfast \(name)"), "\(name)")
            for line in page.lines + overview.lines {
                #expect(line.count <= 80, "\(name): \(line)")
            }
        }
    }

    @Test func `no command at all is a wrong use that shows the list`() throws {
        let result = try run()
        #expect(result.code == 2)
        #expect((result.output + result.errors).contains("usage: holdfast"))
    }

    @Test func `the version is one line`() throws {
        let result = try run("version")
        #expect(result.code == 0 && result.lines.count == 2)
        #expect(try run("--version").output == result.output)
        #expect(try run("-v").output == result.output)
    }

    @Test func `a store that is not there is no empty store`() throws {
        let folder = try TemporaryFolder()
        let result = try run("list", "--db", folder.file("nothing.db"))
        #expect(result.code == 1)
        #expect(result.errors.contains("nothing.db"))
        #expect(try run("list").code == 2)
    }

    @Test func `a reader that leaves is no fault`() throws {
        try withRelay { relay, _ in
            for number in 0..<3 { _ = try relay.post(Samples.body(number)) }
            let list = "'\(Program.holdfast)' list --json --config '\(relay.configurationPath)'"
            let result = try ChildProcess.run(
                "/bin/bash", ["-c", "\(list) | true; exit ${PIPESTATUS[0]}"])
            #expect(result.code == 0 && result.errors.isEmpty)
        }
    }
}
