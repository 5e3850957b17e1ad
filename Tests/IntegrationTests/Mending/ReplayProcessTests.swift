import Foundation
import Glibc
import RelayCore
import RelayTesting
import Testing

struct ReplayProcessTests {
    /// So many events that Platform refused; then it is well again.
    private func refused(
        _ count: Int, _ relay: RelayUnderTest, _ platform: SimulatorUnderTest
    ) throws -> [String] {
        try platform.fault(["action": ["status": 400]])
        let ids = try (0..<count).map { number in
            try #require(try relay.post(Samples.body(number)).json()["id"]?.string)
        }
        try relay.list(state: "dead", count: count)
        try platform.heal()
        return ids
    }

    @Test func `a refused event is mended, sent under its id, and written down`() throws {
        try withRelay({ $0.platform["stamp"] = true }) { relay, platform in
            let ids = try refused(2, relay, platform)
            let patch = relay.folder.file("mend.json")
            try #"[{"op":"add","path":"/mended","value":true}]"#.write(
                toFile: patch, atomically: true, encoding: .utf8)
            let dry = try relay.ask("replay", "--id", ids[0], "--patch", patch, "--dry-run")
            #expect(dry.code == 0 && dry.output.contains("\"mended\": true"))
            #expect(try relay.ask("replay", "--id", ids[0]).code == 2)
            #expect(try relay.ask("replay", "--id", ids[0], "--patch", patch, "--yes").code == 0)
            let landed = try #require(try platform.landed(atLeast: 1).first)
            let text = String(decoding: landed.serialized(), as: UTF8.self)
            #expect(text.contains("\"mended\":true") && text.contains(ids[0]))
            try relay.list(state: "delivered", count: 1)
            let record = try #require(try relay.ask("replay", "--list", "--json").json().first)
            #expect(record["moved"] == 1 && record["outcome", "delivered"] == 1)
            let shown = try relay.ask("replay", "--show", "1").output
            #expect(shown.contains(#"  {"op":"add","path":"/mended","value":true}"#))
            #expect(try relay.ask("show", ids[0], "--body").output == Samples.body(0))
            #expect(try relay.ask("audit").code == 0)
        }
    }

    @Test func `what was delivered is sent again only when its state is asked for`() throws {
        try withRelay({ $0.platform["stamp"] = true }) { relay, platform in
            let id = try #require(try relay.post(Samples.body(1)).json()["id"]?.string)
            try relay.list(state: "delivered", count: 1)
            #expect(try relay.ask("replay", "--all", "--yes").code == 3)
            #expect(try relay.ask("replay", "--state", "delivered", "--yes").code == 0)
            let landed = try platform.landed(atLeast: 2)
            #expect(
                landed.allSatisfy {
                    String(decoding: $0.serialized(), as: UTF8.self)
                        .contains(id)
                })
            try eventually("the second delivery is recorded") {
                try relay.list("--state", "delivered").first?["attempts"] == 2
            }
        }
    }

    @Test func `a replay to a held destination waits for its release`() throws {
        try withRelay { relay, platform in
            _ = try refused(2, relay, platform)
            #expect(try relay.ask("hold", "platform").code == 0)
            #expect(try relay.ask("replay", "--state", "dead", "--yes").code == 0)
            try relay.list(state: "held", count: 2)
            #expect(try platform.landed().isEmpty)
            #expect(try relay.ask("release", "platform").code == 0)
            try platform.landed(atLeast: 2)
            try relay.list(state: "delivered", count: 2)
        }
    }

    @Test func `Ctrl-C stops a replay, and the same command goes on without doubling`() throws {
        try withRelay { relay, platform in
            _ = try refused(12, relay, platform)
            let words = [
                "replay", "--state", "dead", "--rate", "5", "--yes", "--config",
                relay.configurationPath,
            ]
            let process = try ChildProcess(Program.holdfast, words)
            try platform.landed(atLeast: 1)
            process.signal(SIGINT)
            #expect(try process.waitUntilExit() == .code(1))
            try process.errors.line(containing: "untouched; the same command goes on")
            let left = try relay.list("--state", "dead").count
            #expect(0 < left && left < 12)
            let faster = words.map { $0 == "5" ? "1000" : $0 }
            let second = try relay.run(faster)
            #expect(second.code == 0 && second.errors.contains("goes on with replay 1"))
            try relay.list(state: "delivered", count: 12)
            #expect(try platform.landed().count == 12)
            let records = try relay.ask("replay", "--list", "--json").json()
            #expect(records.count == 1)
            #expect(records[0]["moved"] == 12 && records[0]["endedAt"] != nil)
        }
    }
}
