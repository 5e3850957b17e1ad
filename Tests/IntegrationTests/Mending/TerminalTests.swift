import Foundation
import RelayCore
import RelayTesting
import Testing

/// With a terminal of a given width on all three streams, as `script` makes one.
struct TerminalTests {
    private func see(
        _ line: String, columns: Int, typing: String = "", environment: [String: String] = [:],
        _ relay: RelayUnderTest
    ) throws -> CommandResult {
        var variables = environment
        variables["HOLDFAST"] = Program.holdfast
        variables["HOLDFAST_DB"] = relay.dataDirectory + "/holdfast.db"
        variables["TERM"] = variables["TERM"] ?? "xterm"
        // The runner of the tests may have set it; empty is as good as none.
        variables["NO_COLOR"] = variables["NO_COLOR"] ?? ""
        let command = "stty cols \(columns) -echo; $HOLDFAST \(line)"
        return try ChildProcess.run(
            try #require(Program.onPath("script")), ["-qefc", command, "/dev/null"],
            environment: variables, input: Array(typing.utf8))
    }

    private func lines(_ result: CommandResult) -> [String] {
        result.output.split(whereSeparator: \.isNewline).map(String.init)
    }

    private func withDeadLetters(
        _ count: Int, _ body: (RelayUnderTest, SimulatorUnderTest) throws -> Void
    ) throws {
        try withRelay { relay, platform in
            try platform.fault(["action": ["status": 400]])
            for number in 0..<count { #expect(try relay.post(Samples.body(number)).status == 200) }
            try relay.list(state: "dead", count: count)
            try platform.heal()
            try body(relay, platform)
        }
    }

    @Test func `a table fits 80 and 200 columns, in colour unless it is unwanted`() throws {
        try withDeadLetters(3) { relay, _ in
            for columns in [80, 200] {
                let plain = try see(
                    "list", columns: columns, environment: ["NO_COLOR": "1"], relay)
                #expect(lines(plain).count == 4)
                #expect(lines(plain).allSatisfy { $0.count <= columns })
                #expect(!plain.output.contains("\u{1B}[3"))
            }
            #expect(try see("list", columns: 200, relay).output.contains("\u{1B}[31mdead"))
            let dumb = try see("list", columns: 80, environment: ["TERM": "dumb"], relay)
            #expect(!dumb.output.contains("\u{1B}"))
        }
    }

    @Test func `a terminal gets 50 lines and a word about the rest`() throws {
        try withDeadLetters(55) { relay, _ in
            let shown = try see("list", columns: 120, relay)
            #expect(shown.output.contains("the newest 50; --limit N or --all shows more"))
            #expect(lines(shown).filter { $0.contains("400 rejected") }.count == 50)
            let all = try see("list --all", columns: 120, relay)
            #expect(lines(all).filter { $0.contains("400 rejected") }.count == 55)
        }
    }

    @Test func `a question is answered at the terminal`() throws {
        try withDeadLetters(2) { relay, platform in
            let no = try see("replay --state dead", columns: 80, typing: "n\n", relay)
            #expect(no.code == 1)
            #expect(no.output.contains("Send 2 deliveries again? [y/N]"))
            #expect(no.output.contains("nothing was changed"))
            let yes = try see("replay --state dead", columns: 80, typing: "y\n", relay)
            #expect(yes.code == 0)
            #expect(yes.output.contains("replay 1: 2 deliveries back in the queue"))
            try platform.landed(atLeast: 2)
        }
    }
}
