import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

struct IngestTests {
    private let platform = LocalPlatform()

    private func add(_ flow: JSONValue) {
        #expect(platform.ask("POST", "/_control/flows", flow.description).status == 201)
    }

    @Test func `a young flow accepts and loses, until the delay is over`() {
        add(["id": "young", "warm": false])
        #expect(platform.send("{}", flow: "young").status == 200)
        platform.clock.advance(ms: 299_999)
        #expect(platform.send("{}", flow: "young").status == 200)
        #expect(platform.simulator.counters.lost == 2)
        platform.clock.advance(ms: 1)
        _ = platform.send("{}", flow: "young")
        #expect(platform.simulator.counters.lake == 1)
    }

    @Test func `the built-in flow is warm from the start`() {
        _ = platform.send("{}")
        #expect(platform.simulator.counters.lake == 1)
    }

    @Test func `a repeated id is a second row in the lake and nothing new in Profile`() {
        for _ in 0..<3 { _ = platform.send(#"{"holdfast":{"_id":"same"}}"#) }
        let counters = platform.simulator.counters
        #expect(counters.lake == 3)
        #expect(counters.profile == 1)
        #expect(counters.duplicates == 2)
        #expect(platform.simulator.landed().map(\.isInProfile) == [true, false, false])
    }

    @Test func `an event over ten kilobytes reaches the lake only`() {
        let large = "{\"m\":\"\(String(repeating: "x", count: 10_241))\"}"
        #expect(platform.send(large).status == 200)
        let counters = platform.simulator.counters
        #expect((counters.lake, counters.profile, counters.overProfileLimit) == (1, 0, 1))
    }

    @Test func `a mapping moves attributes to their place, and its id counts`() throws {
        add([
            "id": "mapped",
            "mappings": [
                ["sourceAttribute": "visitor.email", "destinationXdmPath": "_t.email"],
                ["source": "holdfast._id", "destination": "_id"],
                ["sourceAttribute": "'chat'", "destinationXdmPath": "eventType"],
            ],
        ])
        _ = platform.send(
            #"{"visitor":{"email":""},"holdfast":{"_id":"m1"}}"#, flow: "mapped")
        let record = try #require(platform.simulator.landed().first)
        #expect(
            record.entity?.description
                == #"{"_t":{"email":""},"_id":"m1","eventType":"chat"}"#)
        #expect(record.messageID == "m1")
    }

    @Test func `an id made by the mapping is new each time, so Profile takes a repeat`() {
        add([
            "id": "uuid",
            "mappings": [["sourceAttribute": "uuid()", "destinationXdmPath": "_id"]],
        ])
        for _ in 0..<2 { _ = platform.send(#"{"holdfast":{"_id":"same"}}"#, flow: "uuid") }
        #expect(platform.simulator.counters.profile == 2)
    }

    @Test func `a missing attribute fails the row, or only the field when told so`() {
        add([
            "id": "mapped",
            "mappings": [["sourceAttribute": "gone", "destinationXdmPath": "_t.gone"]],
        ])
        #expect(platform.send("{}", flow: "mapped").status == 200)
        #expect(platform.simulator.counters.failed == 1)
        platform.simulator.settings.missingAttribute = .skip
        _ = platform.send("{}", flow: "mapped")
        #expect(platform.simulator.counters.lake == 1)
    }

    @Test func `a row that breaks its schema is in a failed batch, with every violation`() {
        add([
            "id": "strict",
            "mappings": [["sourceAttribute": "n", "destinationXdmPath": "n"]],
            "schema": [
                "required": ["_id"],
                "properties": ["n": ["type": "integer", "minimum": 1, "enum": [1, 2]]],
            ],
        ])
        #expect(platform.send(#"{"n":0}"#, flow: "strict").status == 200)
        let row = platform.ask("GET", "/_control/failures")
        let found = row.at("/0/rows/0/_errors/_streamingValidation/0/causingExceptions")?.array
        #expect(found?.compactMap { $0["keyword"]?.string } == ["required", "enum", "minimum"])
        #expect(row.at("/0/rows/0/n") == 0)
    }

    @Test func `a flow that does not feed Profile leaves it alone`() {
        add(["id": "lake", "profile": false])
        _ = platform.send("{}", flow: "lake")
        #expect(platform.simulator.counters.lake == 1)
        #expect(platform.simulator.counters.profile == 0)
    }
}
