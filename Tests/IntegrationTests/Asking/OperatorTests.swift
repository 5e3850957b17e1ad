import Foundation
import RelayCore
import RelayTesting
import Testing

struct OperatorTests {
    @Test func `exit codes say done, nothing matched and wrong usage`() throws {
        try withRelay { relay, _ in
            #expect(try relay.ask("list").code == 3)
            #expect(try relay.ask("list").errors == "nothing matched\n")
            #expect(try relay.ask("show", "01M7Y40VZ20000F5QTP3Y0HF8D").code == 3)
            #expect(try relay.ask("show", "no-id").code == 2)
            #expect(try relay.ask("show").code == 2)
            #expect(try relay.ask("list", "--since", "yesterday").code == 2)
            #expect(try relay.ask("status").code == 0)
            _ = try relay.post(Samples.body(1))
            #expect(try relay.ask("list").code == 0)
            #expect(try relay.ask("list", "--source", "nobody").code == 2)
        }
    }

    @Test func `commands work beside the relay and without it`() throws {
        try withRelay { relay, _ in
            let id = try #require(try relay.post(Samples.body(1)).json()["id"]?.string)
            try relay.list(state: "delivered", count: 1)
            try relay.stop()
            #expect(try relay.list().first?["id"]?.string == id)
            let database = relay.dataDirectory + "/holdfast.db"
            let variable = try relay.run(
                ["status", "--json"], environment: ["HOLDFAST_DB": database])
            #expect(try variable.json().first?["counts", "delivered"] == 1)
            #expect(try relay.run(["show", id, "--db", database]).code == 0)
        }
    }

    @Test func `filters narrow`() throws {
        try withRelay { relay, _ in
            for (number, hook) in Samples.hooks.enumerated() {
                _ = try relay.post(Samples.body(number), hook: hook)
            }
            _ = try relay.post("no json")
            try relay.list(state: "delivered", count: 5)
            #expect(try relay.list("--hook", "feedback").count == 1)
            #expect(try relay.list("--hook", "feedback", "--hook", "transcript").count == 2)
            #expect(try relay.list("--destination", "platform").count == 6)
            #expect(try relay.list("--state", "dead").count == 1)
            #expect(try relay.list("--contains", "c3").count == 1)
            #expect(try relay.list("--match", "/conversationUUID=c2").count == 1)
            #expect(try relay.list("--since", "1h").count == 6)
            #expect(try relay.list("--until", "1h").isEmpty)
            #expect(try relay.list("--older-than", "1h").isEmpty)
            let ids = try relay.list("--hook", "feedback").compactMap { $0["id"]?.string }
            let piped = try relay.run(
                ["list", "--json", "--id", "-", "--config", relay.configurationPath],
                input: Array(ids.joined(separator: "\n").utf8))
            #expect(try piped.json().count == 1)
            let limited = try relay.run(
                ["list", "--json", "--limit", "2", "--config", relay.configurationPath])
            #expect(try limited.json().count == 2)
        }
    }

    @Test func `check shows the whole configuration with its secrets masked`() throws {
        try withRelay { relay, _ in
            let result = try relay.ask("check")
            #expect(result.code == 0 && result.errors.isEmpty)
            #expect(result.output.contains("\"***\""))
            #expect(result.output.contains("maxBodyBytes"))
            // What is printed is a configuration again.
            #expect(result.output.contains("127.0.0.1:0"))
        }
    }

    @Test func `check online reaches the destination and sends no data`() throws {
        try withRelay { relay, platform in
            let result = try relay.run(["check", "--online", "--config", relay.configurationPath])
            #expect(result.code == 0)
            #expect(result.output.hasPrefix("platform: ok"))
            #expect(try platform.landed(fate: "any").isEmpty)
            platform.process.signal(9)
            try platform.process.waitUntilExit()
            let gone = try relay.run(["check", "--online", "--config", relay.configurationPath])
            #expect(gone.code == 1)
            #expect(gone.output.hasPrefix("platform: failed"))
        }
    }

    @Test func `urls prints what a sender can use`() throws {
        try withRelay { relay, _ in
            let base = "http://127.0.0.1:\(relay.port ?? 0)"
            let result = try relay.run(
                ["urls", "--json", "--base", base, "--config", relay.configurationPath],
                mayShowSecrets: true)
            let urls = try result.json()
            #expect(urls.compactMap { $0["hook"]?.string }.sorted() == Samples.hooks.sorted())
            for (number, entry) in urls.enumerated() {
                let url = try #require(entry["url"]?.string)
                #expect(url.hasPrefix(base))
                let client = try relay.connect()
                client.post(String(url.dropFirst(base.count)), Array(Samples.body(number).utf8))
                #expect(client.response()?.status == 200)
            }
        }
    }

    @Test func `the search for secrets finds one`() throws {
        let settings = RelaySettings(inletURL: "http://127.0.0.1:1/collection/x")
        let relay = try RelayUnderTest(settings)
        #expect(try relay.ask("check").code == 0)
        #expect(relay.leaks == [])
        #expect(try relay.ask("urls").code == 0)
        #expect(relay.leaks.count == 1)
    }

    @Test func `send posts a sample, a file and standard input`() throws {
        try withRelay { relay, platform in
            let base = "http://127.0.0.1:\(relay.port ?? 0)"
            let tail = ["--url", base, "--config", relay.configurationPath]
            for hook in Samples.hooks {
                let result = try relay.run(["send", "chatlio", hook] + tail)
                #expect(result.code == 0, "\(hook): \(result.errors)")
                #expect(try result.json().first?["id"] != nil, "\(hook)")
            }
            let file = relay.folder.file("body.json")
            try Samples.body(1).write(toFile: file, atomically: true, encoding: .utf8)
            #expect(try relay.run(["send", "chatlio", "feedback", file] + tail).code == 0)
            let piped = try relay.run(
                ["send", "chatlio", "feedback", "-"] + tail, input: Array(Samples.body(2).utf8))
            #expect(piped.code == 0)
            let landed = try platform.landed(atLeast: 7)
            #expect(landed.count == 7)
            let wrong = try relay.run(["send", "chatlio", "fedback"] + tail)
            #expect(wrong.code == 2 && wrong.errors.contains("feedback"))
            try relay.stop()
            let nobody = try relay.run(["send", "chatlio", "feedback"] + tail)
            #expect(nobody.code == 1 && nobody.errors.contains("no answer"))
        }
    }
}
