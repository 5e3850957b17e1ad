import Foundation
import RelayCore
import RelayTesting
import Testing

struct StartTests {
    @Test func `a second serve on the same directory says who holds it`() throws {
        try withRelay { relay, _ in
            let result = try relay.ask("serve")
            #expect(result.code == 1)
            #expect(result.output.isEmpty)
            let process = try #require(relay.process)
            #expect(result.errors.contains("process \(process.identifier)"))
            #expect(result.errors.contains(relay.dataDirectory))
            #expect(try relay.post(Samples.body(1)).status == 200)
        }
    }

    @Test func `a port that somebody has is named`() throws {
        try withRelay { relay, _ in
            var settings = relay.settings
            settings.intake["listen"] = .string("127.0.0.1:\(relay.port ?? 0)")
            let second = try RelayUnderTest(settings)
            let result = try second.ask("serve")
            #expect(result.code == 1)
            #expect(result.errors.contains("127.0.0.1:\(relay.port ?? 0)"))
        }
    }

    @Test func `a data directory that cannot be made is told as check tells it`() throws {
        let folder = try TemporaryFolder()
        try "".write(toFile: folder.file("file"), atomically: true, encoding: .utf8)
        let deep = folder.path + String(repeating: "/name567890", count: 50)
        for (path, words) in [
            ("/proc/data", "/proc"), (folder.file("file/data"), "is no directory"),
            (deep, "the store takes at most 484"),
        ] {
            let settings = RelaySettings(inletURL: "http://127.0.0.1:1/collection/x")
            let relay = try RelayUnderTest(settings, dataDirectory: path)
            let (serve, check) = (try relay.ask("serve"), try relay.ask("check"))
            #expect(serve.code == 1 && check.code == 1)
            #expect(serve.errors.contains("holdfast: dataDirectory: "), "\(serve.errors)")
            #expect(serve.errors.contains(words), "\(serve.errors)")
            #expect(serve.errors == check.errors)
        }
    }

    @Test func `a broken configuration lists every problem by its path`() throws {
        var settings = RelaySettings(inletURL: "ftp://example.org/in")
        settings.platform["timeoutMs"] = 0
        settings.intake["listn"] = "127.0.0.1:0"
        settings.source["tokens"] = ["short"]
        settings.source["destination"] = "platfrom"
        settings.extra["log"] = ["level": "loud"]
        let relay = try RelayUnderTest(settings)
        for command in ["serve", "check"] {
            let result = try relay.ask(command)
            #expect(result.code == 2, "\(command)")
            #expect(result.output.isEmpty, "\(command)")
            for expected in [
                "destinations.platform.timeoutMs: 0 is below 100", "intake.listn", "listen",
                "sources.chatlio.tokens[0]", "sources.chatlio.destination", "platform",
                "destinations.platform.inletURL", "log.level",
            ] {
                #expect(result.errors.contains(expected), "\(command): \(expected)")
            }
            #expect(!result.errors.contains("\"short\""), "\(command)")
        }
    }

    @Test func `a configuration that is no JSON5 is answered with line and column`() throws {
        let relay = try RelayUnderTest(RelaySettings(inletURL: "http://127.0.0.1:1/collection/x"))
        try relay.writeConfiguration("{\n  sources: {,}\n}\n")
        let result = try relay.ask("serve")
        #expect(result.code == 2)
        #expect(result.errors.contains("\(relay.configurationPath):2:13"))
        let missing = try relay.run(["serve", "--config", relay.folder.file("nowhere.json5")])
        #expect(missing.code == 2 && missing.errors.contains("no such file"))
    }

    @Test func `secrets come from the environment and from files`() throws {
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        let relay = try RelayUnderTest(settings)
        let path = relay.folder.file("token")
        try (RelaySettings.token + "\n").write(toFile: path, atomically: true, encoding: .utf8)
        settings.source["tokens"] = [.string("file:\(path)"), "env:INTEGRATION_TOKEN"]
        relay.settings = settings
        try relay.writeConfiguration()
        let missing = try relay.ask("check")
        #expect(missing.code == 2)
        #expect(missing.errors.contains("sources.chatlio.tokens[1]"))
        #expect(missing.errors.contains("INTEGRATION_TOKEN"))
        let environment = ["INTEGRATION_TOKEN": RelaySettings.otherToken]
        let found = try relay.run(
            ["check", "--config", relay.configurationPath], environment: environment)
        #expect(found.code == 0)
        #expect(found.output.contains("***"))
        #expect(relay.leaks == [])
    }
}
