import RelayCore
import RelayTesting
import Testing

struct SignalTests {
    @Test func `SIGTERM answers what was received and loses nothing`() throws {
        try withRelay { relay, platform in
            try platform.fault(["action": ["delayMs": 300]])
            var ids: Set<String> = []
            for number in 0..<20 {
                let answer = try relay.post(Samples.body(number))
                ids.insert(try #require(try answer.json()["id"]?.string))
            }
            try eventually("a send under way") { try platform.collections() > 0 }
            let status = try relay.stop()
            #expect(status == .code(0))
            #expect(relay.log.contains("\"message\":\"stopped\""))
            let rows = try relay.list()
            #expect(Set(rows.compactMap { $0["id"]?.string }) == ids)
            let states = Set(rows.compactMap { $0["state"]?.string })
            #expect(states.isSubset(of: ["queued", "delivered"]))
            // What was under way at the signal was recorded, not forgotten.
            let landed = try platform.landed().count
            #expect(rows.count { $0["state"] == "delivered" } == landed)
            try platform.heal()
            try relay.start()
            try relay.list(state: "delivered", count: 20)
            #expect(try platform.landed().count == 20)
        }
    }

    @Test func `a post that is half here at SIGTERM is finished`() throws {
        try withRelay { relay, _ in
            let body = Array(Samples.body(1).utf8)
            let client = try relay.connect()
            client.send(
                "POST \(RelayUnderTest.path("unanswered")) HTTP/1.1\r\nHost: relay.test\r\n"
                    + "Content-Length: \(body.count)\r\nExpect: 100-continue\r\n\r\n")
            #expect(client.response()?.status == 100)
            client.send(Array(body.prefix(10)))
            let process = try #require(relay.process)
            process.signal(15)
            try process.errors.line(containing: "\"message\":\"stopping\"")
            client.send(Array(body.dropFirst(10)))
            let answer = try #require(client.response())
            #expect([200, 503].contains(answer.status))
            if answer.status == 503 { #expect(answer.header("Retry-After") != nil) }
            #expect(try process.waitUntilExit() == .code(0))
            let stored = try relay.list().count
            #expect(stored == (answer.status == 200 ? 1 : 0))
        }
    }

    @Test func `a second SIGTERM stops at once`() throws {
        try withRelay { relay, platform in
            try platform.fault(["action": ["hang": "before"]])
            #expect(try relay.post(Samples.body(1)).status == 200)
            try eventually("a send under way") { try platform.collections() > 0 }
            let process = try #require(relay.process)
            process.signal(15)
            try process.errors.line(containing: "\"message\":\"stopping\"")
            #expect(process.isRunning)
            process.signal(15)
            #expect(try process.waitUntilExit() == .code(1))
            #expect(try relay.list().first?["state"] == "queued")
            try platform.heal()
            try relay.start()
            try relay.list(state: "delivered", count: 1)
        }
    }

    @Test func `a signal right after the word that it listens finds its handler`() throws {
        let relay = try RelayUnderTest(RelaySettings(inletURL: "http://127.0.0.1:1/collection/x"))
        for _ in 0..<10 {
            try relay.start()
            #expect(try relay.stop() == .code(0))
        }
    }

    @Test func `SIGINT stops as SIGTERM does`() throws {
        try withRelay { relay, _ in
            let process = try #require(relay.process)
            process.signal(2)
            #expect(try process.waitUntilExit() == .code(0))
        }
    }

    @Test func `after kill -9 what was acknowledged is delivered`() throws {
        try withRelay({ $0.platform["stamp"] = true }) { relay, platform in
            try platform.fault(["action": ["status": 503]])
            var ids: Set<String> = []
            for number in 0..<20 {
                let answer = try relay.post(Samples.body(number))
                ids.insert(try #require(try answer.json()["id"]?.string))
            }
            try relay.kill()
            #expect(try Set(relay.list().compactMap { $0["id"]?.string }) == ids)
            try platform.heal()
            try relay.start()
            let rows = try relay.list(state: "delivered", count: 20)
            #expect(Set(rows.compactMap { $0["id"]?.string }) == ids)
            let landed = try platform.landed()
            let stamps = Set(landed.compactMap { $0["body", "holdfast", "_id"]?.string })
            #expect(stamps.count == 20)
        }
    }
}
