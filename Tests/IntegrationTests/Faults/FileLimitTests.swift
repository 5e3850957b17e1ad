import Foundation
import RelayCore
import RelayTesting
import Testing

/// Limits that the system sets to the process.
struct FileLimitTests {
    /// `sh` lowers the limit for itself and then becomes the relay.
    private func limited(_ limit: String) -> [String] {
        ["/bin/sh", "-c", "ulimit \(limit); exec \"$0\" \"$@\""]
    }

    @Test(
        .enabled(if: Requirements.isPlainBuild, "a sanitizer opens files of its own: not run"),
        arguments: [
            ("-n 5", "raise the limit on open files (ulimit -n, LimitNOFILE=)"),
            ("-n 90", "raise the limit on open files (ulimit -n, LimitNOFILE=)"),
            // In units of 512 bytes.
            ("-f 8", "the limit of 4096 bytes on the size of files (ulimit -f, LimitFSIZE=)"),
        ])
    func `too tight a limit is refused in one sentence at the start`(
        limit: String, words: String
    ) throws {
        let relay = try RelayUnderTest(RelaySettings(inletURL: "http://127.0.0.1:1/collection/x"))
        let sandbox = ["sandbox", "--port", "0", "--data", relay.folder.file("sandbox")]
        for command in [["serve", "--config", relay.configurationPath], sandbox] {
            try expectRefusal(limited(limit) + [Program.holdfast] + command, words)
        }
        #expect(!FileManager.default.fileExists(atPath: relay.dataDirectory))
    }

    @Test(
        .enabled(
            if: Requirements.canTrace && Requirements.isPlainBuild,
            "strace is missing or not allowed, or a sanitizer traces itself: not run here"))
    func `a system that gives no event descriptor is refused, not died of`() throws {
        let relay = try RelayUnderTest(RelaySettings(inletURL: "http://127.0.0.1:1/collection/x"))
        let strace = try #require(Program.onPath("strace"))
        let fault = ["-f", "-o", "/dev/null", "-e", "inject=eventfd2:error=EMFILE"]
        let serve = [Program.holdfast, "serve", "--config", relay.configurationPath]
        try expectRefusal([strace] + fault + serve, "raise the limit on open files")
    }

    private func expectRefusal(_ words: [String], _ sentence: String) throws {
        let result = try ChildProcess.run(words[0], Array(words.dropFirst()))
        #expect(result.code == 1, "\(result.errors)")
        #expect(result.errors.contains(sentence), "\(result.errors)")
        #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }

    @Test func `a limit on the size of files is a full disk and ends nothing`() throws {
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.storage["reserveBytes"] = 0
        let relay = try RelayUnderTest(settings)
        try platform.fault(["action": ["status": 503]])
        // In units of 512 bytes: 10 MiB, a little more than the ballast.
        try relay.start(before: limited("-f 20480"))
        try finish(relay) {
            let padding = String(repeating: "x", count: 200_000)
            var count = 0
            var status = 200
            while status == 200, count < 1000 {
                status = try relay.post(#"{"n":\#(count),"p":"\#(padding)"}"#).status
                if status == 200 { count += 1 }
            }
            #expect(status == 503 && count > 10)
            #expect(relay.process?.isRunning == true)
            try platform.heal()
            try relay.list(state: "delivered", count: count)
            #expect(try relay.stop() == .code(0))
            try relay.start()
            try eventually("events again") { try relay.post(Samples.body(1)).status == 200 }
            #expect(try relay.stop() == .code(0))
            #expect(try relay.account().isBalanced)
        }
    }

    @Test func `thousands of silent clients cost the one that speaks nothing`() throws {
        try withRelay({
            $0.intake["maxConnections"] = 2000
            $0.intake["maxConnectionsPerAddress"] = 2000
        }) { relay, _ in
            let early = try relay.connect()
            early.post(RelayUnderTest.path("unanswered"), Array(Samples.body(0).utf8))
            #expect(early.response()?.status == 200)
            var silent = try (0..<2400).map { _ in try relay.connect() }
            for client in silent.prefix(500) { client.send("POST /hooks/chatlio HTTP/1.1\r\nX:") }
            for number in 1..<20 {
                early.post(RelayUnderTest.path("unanswered"), Array(Samples.body(number).utf8))
                #expect(early.response()?.status == 200)
            }
            // Those over the limit were let go at once.
            #expect(silent[2399].rest().isEmpty)
            silent.removeAll()
            try eventually("room for a new connection") {
                (try? relay.post(Samples.body(20)))?.status == 200
            }
            try relay.list(state: "delivered", count: 21)
        }
    }

    @Test func `few descriptors cost connections and nothing else`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start(before: limited("-n 128"))
        try finish(relay) {
            #expect(relay.log.contains("allows fewer connections than intake.maxConnections"))
            var held: [RawClient] = []
            for _ in 0..<200 {
                guard let client = try? relay.connect() else { break }
                held.append(client)
            }
            // One that has been let in is served while the others stand there.
            var served = 0
            for (number, client) in held.prefix(40).enumerated() {
                client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(number).utf8))
                if client.response()?.status == 200 { served += 1 }
            }
            #expect(served == 40)
            // Delivery still finds descriptors of its own.
            try relay.list(state: "delivered", count: 40)
            held.removeAll()
            try eventually("room for a new connection") {
                (try? relay.post(Samples.body(500)))?.status == 200
            }
            #expect(relay.log.components(separatedBy: "allows fewer connections").count == 2)
        }
    }

    /// However far a command comes before there is no descriptor left: it is not the path's fault.
    @Test func `a command without descriptors says so`() throws {
        let platform = try SimulatorUnderTest()
        let relay = try RelayUnderTest(RelaySettings(inletURL: platform.inletURL))
        try relay.start()
        #expect(try relay.post(Samples.body(1)).status == 200)
        try relay.stop()
        var told = 0
        for limit in 3..<8 {
            let words =
                limited("-n \(limit)") + [
                    Program.holdfast, "status", "--db", relay.dataDirectory + "/holdfast.db",
                ]
            let result = try ChildProcess.run(words[0], Array(words.dropFirst()))
            #expect(!result.errors.contains("check the path"), "\(limit): \(result.errors)")
            if result.errors.contains("may not open any more files") { told += 1 }
        }
        #expect(told > 0)
    }
}
