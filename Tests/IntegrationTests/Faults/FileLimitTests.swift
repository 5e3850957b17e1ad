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
