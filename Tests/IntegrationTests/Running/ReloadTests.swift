import RelayCore
import RelayTesting
import Testing

struct ReloadTests {
    private let taken = "configuration read again"
    private let refused = "the new configuration is refused"

    @Test func `SIGHUP takes a new token and drops the old one`() throws {
        try withRelay { relay, _ in
            let other = RelaySettings.otherToken
            let open = try relay.connect()
            open.post(RelayUnderTest.path("unanswered"), Array(Samples.body(1).utf8))
            #expect(open.response()?.status == 200)
            #expect(try relay.post(Samples.body(2), token: other).status == 404)
            relay.settings.source["tokens"] = [.string(other)]
            try relay.writeConfiguration()
            try relay.reload(expecting: taken)
            #expect(try relay.post(Samples.body(3), token: other).status == 200)
            #expect(try relay.post(Samples.body(4)).status == 404)
            // The open connection was not dropped; the relay may ask for its end with this answer.
            open.post(RelayUnderTest.path("unanswered", token: other), Array(Samples.body(5).utf8))
            #expect(open.response()?.status == 200)
        }
    }

    @Test func `a broken new configuration is refused and the old one stays`() throws {
        try withRelay { relay, _ in
            try relay.writeConfiguration("{ sources: ")
            try relay.reload(expecting: refused)
            #expect(try relay.post(Samples.body(1)).status == 200)
            relay.settings.platform["timeoutMs"] = 0
            try relay.writeConfiguration()
            try relay.reload(expecting: refused)
            #expect(relay.log.contains("destinations.platform.timeoutMs"))
            #expect(try relay.post(Samples.body(2)).status == 200)
            relay.settings.platform["timeoutMs"] = 1000
            try relay.writeConfiguration()
            try relay.reload(expecting: taken)
            #expect(try relay.post(Samples.body(3)).status == 200)
            try relay.list(state: "delivered", count: 3)
        }
    }

    @Test func `SIGHUP moves what waits to the new address of its destination`() throws {
        try withRelay { relay, platform in
            try platform.fault(["action": ["status": 503]])
            #expect(try relay.post(Samples.body(1)).status == 200)
            let other = try SimulatorUnderTest()
            relay.settings.platform["inletURL"] = .string(other.inletURL)
            try relay.writeConfiguration()
            try relay.reload(expecting: taken)
            try other.landed(atLeast: 1)
            try relay.list(state: "delivered", count: 1)
            #expect(try platform.landed().isEmpty)
        }
    }

    @Test func `SIGHUP with a smaller body limit counts from the next request on`() throws {
        try withRelay { relay, _ in
            let long = #"{"a":""# + String(repeating: "x", count: 3000) + #""}"#
            #expect(try relay.post(long).status == 200)
            relay.settings.intake["maxBodyBytes"] = 1000
            try relay.writeConfiguration()
            try relay.reload(expecting: taken)
            #expect(try relay.post(long + " ").status == 413)
        }
    }
}
