import RelayCore
import RelayTesting
import Testing

/// Adobe's own client takes the simulator for Platform.
struct AeppTests {
    private let simulator: SimulatorUnderTest
    private let walk: JSONValue

    init() throws {
        simulator = try SimulatorUnderTest()
        walk = try AeppEnvironment.walk(simulator)
    }

    private func at(_ pointer: String) -> JSONValue? {
        (try? JSONPointer(pointer)).flatMap { walk[$0] }
    }

    private func text(_ pointer: String) -> String? { at(pointer)?.string }

    @Test func `it streams, provisions, changes, reads and removes as with Platform`() throws {
        expectOpenMessages()
        expectProvisioning()
        expectChanges()
        expectAuthenticatedMessages()
        try expectLanded()
        expectRuns()
        expectRemoval()
    }

    private func expectOpenMessages() {
        #expect(text("/open/single/xactionId") != nil)
        #expect(at("/open/batch/responses")?.array?.count == 3)
        #expect(text("/open/batch/responses/2/xactionId")?.hasSuffix(":2") == true)
        #expect(at("/open/unknownInlet/status") == 404)
    }

    private func expectProvisioning() {
        for (made, read) in [
            ("connection", "connection"), ("source", "source"), ("target", "target"),
            ("flow", "flow"),
        ] {
            #expect(text("/made/\(made)/id") != nil)
            #expect(text("/read/\(read)/id") == text("/made/\(made)/id"))
            #expect(text("/read/\(read)/etag") == text("/made/\(made)/etag"))
        }
        #expect(text("/read/connection/auth/params/inletId")?.utf8.count == 64)
        #expect(at("/read/connection/auth/params/authenticationRequired") == true)
        #expect(text("/read/source/baseConnectionId") == text("/made/connection/id"))
        #expect(text("/read/mapping/id") == text("/made/mapping/id"))
        #expect(at("/read/mapping/mappings")?.array?.count == 2)
        #expect(text("/read/flow/state") == "enabled")
        #expect(
            text("/read/flow/transformations/0/params/mappingId") == text("/made/mapping/id"))
        for kind in ["connections", "sources", "targets", "flows"] {
            #expect(at("/read/\(kind)") == 1)
        }
    }

    private func expectChanges() {
        #expect(text("/changed/stale/errorCode") == "1404-412", "an old etag changes nothing")
        #expect(text("/changed/updated/etag") != nil)
        #expect(text("/changed/updated/etag") != text("/changed/etag"))
        #expect(text("/changed/flow/etag") == text("/changed/updated/etag"))
        #expect(text("/changed/flow/name") == "renamed")
        #expect(text("/changed/connection/id") == text("/made/connection/id"))
    }

    private func expectAuthenticatedMessages() {
        #expect(at("/authenticated/withoutToken") == 401)
        for action in ["disable", "enable"] {
            #expect(text("/authenticated/\(action)/id") == text("/made/flow/id"))
        }
        for sent in ["whileDisabled", "whileCold", "single"] {
            #expect(text("/authenticated/\(sent)/xactionId") != nil, "\(sent) is taken")
        }
        #expect(at("/authenticated/batch/responses")?.array?.count == 3)
        #expect(text("/authenticated/state") == "enabled")
    }

    private func expectLanded() throws {
        let lake = try simulator.landed()
        #expect(lake.count == 7)
        let ours = lake.filter { $0["flow"] == at("/made/flow/id") }
        #expect(ours.compactMap { $0["_id"]?.string } == ["a", "b", "c"])
        #expect(ours.allSatisfy { $0["authenticated"] == true })
        #expect(ours.map { $0["batched"] } == [false, true, true])
        #expect(try simulator.landed(fate: "unrouted").count == 1)
        #expect(try simulator.landed(fate: "lost").count == 1)
        #expect(try simulator.landed(fate: "failed").count == 1)
    }

    private func expectRuns() {
        let summary = "/runs/0/metrics/recordSummary"
        #expect(at("/runs/0/flowId") == at("/made/flow/id"))
        #expect(at(summary + "/failedRecordCount") == 1)
        #expect(at(summary + "/outputRecordCount") == 3)
    }

    private func expectRemoval() {
        #expect(text("/removed/connectionInUse/errorCode") == "1418-400")
        for kind in ["flow", "source", "target", "connection"] {
            #expect(at("/removed/\(kind)") == 204)
        }
        #expect(at("/removed/flows") == 0)
    }
}
