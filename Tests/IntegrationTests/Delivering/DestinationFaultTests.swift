import RelayCore
import RelayTesting
import Testing

struct DestinationFaultTests {
    @Test func `a destination that answers 503 and then heals gets the event`() throws {
        try withRelay { relay, platform in
            try platform.fault(["times": 2, "action": ["status": 503]])
            let answer = try relay.post(Samples.body(1))
            #expect(answer.status == 200)
            let id = try #require(try answer.json()["id"]?.string)
            try platform.landed(atLeast: 1)
            let row = try #require(try relay.list(state: "delivered", count: 1).first)
            #expect(row["attempts"] == 3 && row["lastStatus"] == 200)
            let shown = try #require(try relay.ask("show", id, "--json").json().first)
            let history = try #require(shown["history"]?.array)
            #expect(history.compactMap { $0["status"]?.int64 } == [503, 503, 200])
            #expect(history.compactMap { $0["attempt"]?.int64 } == [1, 2, 3])
            #expect(history[0]["errorClass"] != nil && history[2]["errorClass"] == nil)
            #expect(try relay.ask("show", id, "--attempts").output.contains("503"))
        }
    }

    @Test func `a message Platform refuses is dead with Platform's words`() throws {
        try withRelay { relay, platform in
            let words = "Unknown property 'shoeSize' in the message"
            try platform.fault([
                "times": 1,
                "action": [
                    "status": 400,
                    "body": [
                        "type": "https://ns.adobe.com/aep/errors/EXEG-0104-400",
                        "title": "Bad Request", "status": 400, "detail": .string(words),
                    ],
                ],
            ])
            #expect(try relay.post(Samples.body(1)).status == 200)
            let row = try #require(try relay.list(state: "dead", count: 1).first)
            #expect(row["attempts"] == 1 && row["lastStatus"] == 400)
            #expect(row["errorClass"] == "rejected")
            #expect(row["lastError"]?.string?.contains(words) == true)
            #expect(try relay.post(Samples.body(2)).status == 200)
            try relay.list(state: "delivered", count: 1)
            #expect(try relay.list("--error", "rejected").count == 1)
            #expect(try relay.list("--status", "400").count == 1)
        }
    }

    @Test func `the limit of attempts ends in the dead letters`() throws {
        try withRelay({
            $0.platform["retry"] = ["first": "10ms", "cap": "20ms", "maxAttempts": 3]
        }) { relay, platform in
            try platform.fault(["action": ["status": 500]])
            #expect(try relay.post(Samples.body(1)).status == 200)
            let row = try #require(try relay.list(state: "dead", count: 1).first)
            #expect(row["attempts"] == 3 && row["errorClass"] == "server_error")
            #expect(row["finishedAt"] != nil && row["dueAt"] == nil)
            #expect(try platform.collections() == 3)
        }
    }

    @Test func `a destination that is not there does not stop intake`() throws {
        try withRelay { relay, platform in
            platform.process.signal(9)
            try platform.process.waitUntilExit()
            for number in 0..<5 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try eventually("an attempt that failed on the network") {
                try !relay.list("--error", "network").isEmpty
            }
            let back = try SimulatorUnderTest(port: platform.port)
            try back.landed(atLeast: 5)
            try relay.list(state: "delivered", count: 5)
        }
    }

    @Test func `a page of a proxy is no delivery`() throws {
        try withRelay { relay, platform in
            try platform.fault([
                "times": 1, "action": ["status": 200, "body": "<html>Welcome</html>"],
            ])
            #expect(try relay.post(Samples.body(1)).status == 200)
            let row = try #require(try relay.list(state: "delivered", count: 1).first)
            #expect(row["attempts"] == 2)
            let id = try #require(row["id"]?.string)
            let shown = try #require(try relay.ask("show", id, "--json").json().first)
            #expect(shown["history"]?[0]?["errorClass"] == "bad_response")
        }
    }
}
