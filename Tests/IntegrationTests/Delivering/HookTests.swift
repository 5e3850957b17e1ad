import RelayCore
import RelayTesting
import Testing

struct HookTests {
    @Test func `each of the five hooks stores, answers and delivers the same bytes`() throws {
        try withRelay { relay, platform in
            var ids: [String] = []
            for (number, hook) in Samples.hooks.enumerated() {
                let answer = try relay.post(Samples.body(number), hook: hook)
                #expect(answer.status == 200)
                #expect(answer.header("Content-Type") == "application/json")
                let id = try #require(try answer.json()["id"]?.string)
                #expect(id.utf8.count == 26)
                #expect(try answer.json()["duplicate"] == nil)
                ids.append(id)
            }
            let landed = try platform.landed(atLeast: 5)
            #expect(landed.count == 5)
            #expect(landed.allSatisfy { $0["flow"]?.string == SimulatorUnderTest.flowID })
            let shown = try platform.call("GET", "landed").text
            for number in Samples.hooks.indices { #expect(shown.contains(Samples.body(number))) }
            let rows = try relay.list(state: "delivered", count: 5)
            #expect(rows.compactMap { $0["id"]?.string } == ids.reversed())
            #expect(Set(rows.compactMap { $0["hook"]?.string }) == Set(Samples.hooks))
        }
    }

    @Test func `list and show name the fields of the contract`() throws {
        try withRelay({ $0.source["lane"] = "/conversationUUID" }) { relay, _ in
            let client = try relay.connect()
            let target = RelayUnderTest.path("feedback") + "?widget=w1&x=%20"
            let body = Samples.body(7)
            client.post(target, Array(body.utf8), headers: ["X-Trace: t1", "Cookie: sweet=1"])
            let id = try #require(try client.response()?.json()["id"]?.string)
            let row = try #require(try relay.list(state: "delivered", count: 1).first)
            #expect(row["id"]?.string == id)
            #expect(row["source"] == "chatlio" && row["hook"] == "feedback")
            #expect(row["destination"] == "platform" && row["attempts"] == 1)
            #expect(row["bytes"]?.int64 == Int64(body.utf8.count))
            #expect(row["lane"] == "c7" && row["lastStatus"] == 200)
            #expect(row["lastError"] == nil && row["errorClass"] == nil && row["dueAt"] == nil)
            #expect(row["tracer"]?.string?.isEmpty == false)
            for key in ["receivedAt", "finishedAt"] {
                let time = try #require(row[key]?.string)
                #expect(time.utf8.count == 24 && time.hasSuffix("Z"))
            }
            let result = try relay.ask("show", id, "--json", "--body")
            #expect(result.code == 0)
            let shown = try #require(try result.json().first)
            #expect(shown["query"] == "widget=w1&x=%20" && shown["remoteAddress"] == "127.0.0.1")
            #expect(shown["headers", "x-trace"] == "t1" && shown["headers", "cookie"] == "***")
            #expect(shown["body", "conversationUUID"] == "c7")
            let attempt = try #require(shown["history"]?[0])
            #expect(attempt["attempt"] == 1 && attempt["status"] == 200)
            #expect(attempt["startedAt"] != nil && attempt["durationMs"] != nil)
            #expect(attempt["tracer"] == row["tracer"])
            #expect(try relay.ask("show", id, "--body").output == body)
            #expect(try relay.ask("show", id).output.contains("caf") == false)
        }
    }

    @Test func `status counts by state and says how the destination is`() throws {
        try withRelay { relay, platform in
            _ = try relay.post(Samples.body(1))
            _ = try relay.post("not json")
            try relay.list(state: "delivered", count: 1)
            try eventually("a word of the relay on its destination") {
                let status = try #require(try relay.ask("status", "--json").json().first)
                return status["destinations"]?[0]?["state"] == "open"
            }
            let result = try relay.ask("status", "--json")
            let status = try #require(try result.json().first)
            #expect(try result.json().count == 1)
            #expect(status["counts", "delivered"] == 1 && status["counts", "dead"] == 1)
            #expect(status["counts", "queued"] == 0)
            #expect(status["oldestQueuedSeconds"] == nil)
            #expect(status["destinations"]?[0]?["name"] == "platform")
            let page = try relay.ask("status")
            #expect(page.code == 0)
            #expect(page.output.contains("platform") && !page.output.contains("\u{1B}"))
        }
    }

    @Test func `the stamp carries one id through all attempts`() throws {
        try withRelay({ $0.platform["stamp"] = true }) { relay, platform in
            try platform.fault(["times": 2, "action": ["status": 500, "accept": true]])
            let answer = try relay.post(#"{"text":"stamped"}"#)
            #expect(answer.status == 200)
            let landed = try platform.landed(atLeast: 3)
            let stamps = landed.compactMap { $0["body", "holdfast"] }
            #expect(Set(stamps.compactMap { $0["_id"]?.string }).count == 1)
            #expect(stamps.compactMap { $0["attempt"]?.int64 } == [1, 2, 3])
            #expect(stamps.allSatisfy { $0["source"] == "chatlio" && $0["hook"] == "unanswered" })
            try relay.list(state: "delivered", count: 1)
        }
    }

    @Test func `what Platform gets with a client secret is authorised`() throws {
        let platform = try SimulatorUnderTest(requiresAuthentication: true)
        let secret = "p8e-Ns0wMfXq2LrVdTz7Jk"
        let client: JSONValue = ["id": "integration", "secrets": [.string(secret)]]
        #expect(try platform.call("POST", "clients", client.serialized()).status == 201)
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.platform["auth"] = [
            "kind": "oauth", "clientId": "integration", "clientSecret": .string(secret),
            "tokenURL": .string(platform.tokenURL),
        ]
        let relay = try RelayUnderTest(settings)
        relay.secrets.append(secret)
        try relay.start()
        try finish(relay) {
            #expect(try relay.post(Samples.body(1)).status == 200)
            let landed = try platform.landed(atLeast: 1)
            #expect(landed[0]["authenticated"] == true)
            try relay.list(state: "delivered", count: 1)
            #expect(try relay.ask("status").code == 0)
            #expect(try relay.ask("list").code == 0)
        }
    }
}
