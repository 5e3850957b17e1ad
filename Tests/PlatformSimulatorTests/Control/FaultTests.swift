import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

struct FaultTests {
    private let platform = LocalPlatform()

    private func statuses(_ count: Int) -> [Int] {
        (0..<count).map { _ in platform.send("{}").status }
    }

    @Test func `a scripted answer replaces the real one, which has no effect`() throws {
        try platform.script([
            "action": [
                "status": 503, "headers": ["Retry-After": "3"], "body": ["reason": "test"],
            ],
            "times": 1,
        ])
        let reply = platform.send("{}")
        #expect(reply.status == 503)
        #expect(reply.header("Retry-After") == "3")
        #expect(reply.at("/reason") == "test")
        #expect(platform.simulator.counters.accepted == 0)
        #expect(platform.send("{}").status == 200)
    }

    @Test func `a message may land although the answer says otherwise`() throws {
        try platform.script(["action": ["status": 500, "accept": true], "times": 1])
        #expect(statuses(2) == [500, 200])
        #expect(platform.simulator.counters.lake == 2)
    }

    @Test func `rules apply in order, and each runs out by itself`() throws {
        try platform.script([
            ["action": ["status": 500], "times": 2], ["action": ["status": 503], "times": 1],
        ])
        #expect(statuses(4) == [500, 500, 503, 200])
        let listed = platform.ask("GET", "/_control/faults")
        #expect(listed.at("/0/uses") == 2)
        #expect(listed.at("/1/uses") == 1)
        #expect(platform.simulator.counters.faultsApplied == 3)
    }

    @Test func `a rule means an endpoint, an inlet, or a text in the body`() throws {
        try platform.script([
            ["match": ["endpoint": "batch"], "action": ["status": 413]],
            ["match": ["inlet": "beef"], "action": ["status": 404]],
            ["match": ["contains": "poison"], "action": ["status": 400]],
        ])
        #expect(platform.send("{}").status == 200)
        #expect(platform.send(#"{"messages":[]}"#, to: LocalPlatform.batch).status == 413)
        #expect(platform.send("{}", to: "/collection/beef").status == 404)
        #expect(platform.send(#"{"a":"poison"}"#).status == 400)
    }

    @Test func `a rule means the nth request or every nth`() throws {
        try platform.script(["match": ["nth": 2], "action": ["status": 500]])
        #expect(statuses(4) == [200, 500, 200, 200])
        platform.simulator.clearFaults()
        try platform.script(["match": ["every": 2], "action": ["status": 500]])
        #expect(statuses(4) == [200, 500, 200, 500])
    }

    @Test func `chance repeats with its seed`() throws {
        let rule: JSONValue = [
            "match": ["probability": 0.3, "seed": 7], "action": ["status": 500],
        ]
        try platform.script(rule)
        let first = statuses(200)
        platform.simulator.clearFaults()
        try platform.script(rule)
        #expect(statuses(200) == first)
        let failed = first.count { $0 == 500 }
        #expect((30...90).contains(failed))
    }

    @Test func `a rule holds from a time until a time`() throws {
        try platform.script(["match": ["from": "10s", "until": "20s"], "action": ["status": 503]])
        #expect(statuses(1) == [200])
        platform.clock.advance(ms: 10_000)
        #expect(statuses(1) == [503])
        platform.clock.advance(ms: 10_000)
        #expect(statuses(1) == [200])
    }

    @Test func `a reset before has no effect, a reset after has`() throws {
        try platform.script([
            ["action": ["reset": "before"], "times": 1],
            ["action": ["reset": "after"], "times": 1],
        ])
        #expect(platform.send("{}").manner == .reset)
        #expect(platform.simulator.counters.lake == 0)
        #expect(platform.send("{}").manner == .reset)
        #expect(platform.simulator.counters.lake == 1)
        #expect(platform.simulator.counters.responses == [0: 2])
    }

    @Test func `answers can be late, cut, dripped, senseless, or never come`() throws {
        try platform.script([
            ["action": ["delayMs": 250], "times": 1], ["action": ["truncate": 5], "times": 1],
            ["action": ["drip": 10], "times": 1], ["action": ["garbage": "body"], "times": 1],
            ["action": ["garbage": "wire"], "times": 1],
            ["action": ["hang": "after"], "times": 1],
        ])
        #expect(platform.send("{}").delayMs == 250)
        #expect(platform.send("{}").manner == .truncated(bytes: 5))
        #expect(platform.send("{}").manner == .dripped(bytesPerSecond: 10))
        let senseless = platform.send("{}")
        #expect(senseless.status == 200)
        #expect(senseless.json == nil)
        #expect(senseless.manner == .whole)
        #expect(platform.send("{}").manner == .garbage)
        #expect(platform.send("{}").manner == .hang)
        #expect(platform.simulator.counters.lake == 6)
        #expect(platform.simulator.counters.responses == [0: 2, 200: 4])
    }

    @Test func `a proxy's page with status 200 can be scripted`() throws {
        try platform.script(["action": ["status": 200, "body": "<html>"], "times": 1])
        #expect(platform.send("{}").text == "<html>")
    }

    @Test(arguments: [
        (#"{"action":{"stauts":500}}"#, "did you mean status?"),
        (#"{"match":{"endpoint":"colection"},"action":{}}"#, "must be one of"),
        (#"{"match":{}}"#, "action: is missing"),
        (#"{"action":{"reset":"sometimes"}}"#, "must be one of before, after"),
        (#"{"action":{"status":"500"}}"#, "whole number"),
        (
            #"[{"action":{}},{"match":{"probability":2},"action":{}}]"#,
            "faults[1].match.probability"
        ),
        ("nonsense", "not JSON"),
    ])
    func `a slip in a rule is named, and no rule is taken`(body: String, complaint: String) {
        let reply = platform.ask("POST", "/_control/faults", body)
        #expect(reply.status == 400)
        #expect(reply.at("/error")?.string?.contains(complaint) == true)
        #expect(platform.ask("GET", "/_control/faults").json == [])
    }
}
