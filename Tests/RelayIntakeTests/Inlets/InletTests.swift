import HTTPServer
import RelayCore
import RelayIntake
import RelayStore
import RelayTesting
import Testing

/// `POST /collection/{inletId}` as Platform answers it.
@Suite struct InletTests {
    private static let path = "/collection/abc123"
    private static let flow = "6f0d5f3e-0000-4000-8000-000000000001"

    private func flowHeader(_ id: String) -> [HeaderField] {
        [HeaderField(name: "x-adobe-flow-id", value: id)]
    }

    @Test func `a message is answered with inlet, transaction and time`() throws {
        let world = try IntakeWorld.inlet()
        let answer = world.send(
            Self.path, query: "x-adobe-flow-id=\(Self.flow)", body: Fixtures.chat)
        #expect(answer.status == 200)
        #expect(answer.header("content-type") == "application/json")
        #expect(answer.json?["inletId"]?.string == "abc123")
        let id = try #require(answer.json?["xactionId"]?.string)
        #expect(EventID(id) != nil)
        let time = world.store.clock.now.milliseconds
        #expect(answer.json?["receivedTimeMs"] == .integer(time))
        #expect(answer.json?.object?.members.count == 3)
        #expect(try world.events("body") == [Fixtures.chat])
        #expect(try world.events("query") == [Array("x-adobe-flow-id=\(Self.flow)".utf8)])
    }

    @Test func `when too much comes at once it says so as Platform would`() throws {
        let world = try IntakeWorld.inlet()
        let answer = world.handler.bodyOverBudget(RequestHead(method: "POST", path: Self.path))
        #expect(answer.status == 503 && answer.closeConnection)
        #expect(answer.header("retry-after") != nil)
        #expect(answer.json?["title"]?.string == "Service Unavailable")
        #expect(answer.json?["report"]?["message"]?.string?.contains("send it again") == true)
    }

    @Test func `a repeat inside the window has the first transaction`() throws {
        let world = try IntakeWorld.inlet(dedupWindowMs: 60_000)
        let answers = (0..<2).map { _ in world.send(Self.path) }
        #expect(answers[0].text == answers[1].text)
        #expect(try Account(world.store).duplicates == 1)
        let without = try IntakeWorld.inlet()
        let first = without.send(Self.path)
        #expect(first.text != without.send(Self.path).text)
    }

    @Test func `an XDM message is stored as it came`() throws {
        let world = try IntakeWorld.inlet()
        let body = Array(
            #"{ "header":{"schemaRef":{"id":"x"}},"body":{"xdmEntity":{"_id":"1e2"}} }"#.utf8)
        #expect(world.send(Self.path, body: body).status == 200)
        #expect(try world.events("body") == [body])
    }

    @Test func `a message that is no JSON is stored and parked, for it cannot be sent again`()
        throws
    {
        let world = try IntakeWorld.inlet()
        #expect(world.send(Self.path, body: Array("no".utf8)).status == 200)
        #expect(try Account(world.store).dead == 1)
    }

    @Test func `only configured flows are taken`() throws {
        let world = try IntakeWorld.inlet(flowIDs: [Self.flow, "other"])
        #expect(world.send(Self.path, headers: flowHeader(Self.flow)).status == 200)
        #expect(world.send(Self.path, query: "a=b&x-adobe-flow-id=other").status == 200)
        let refusals = [
            world.send(Self.path, headers: flowHeader("unknown")),
            world.send(Self.path, query: "x-adobe-flow-id=unknown"),
            world.send(Self.path, query: "x-adobe-flow-id=other", headers: flowHeader("unknown")),
            world.send(Self.path, headers: flowHeader("unknown") + flowHeader(Self.flow)),
            world.send(Self.path), world.send(Self.path, query: "x-adobe-flow-id"),
            world.send(Self.path, body: Array(#"{"header":{"flowId":"unknown"}}"#.utf8)),
        ]
        for answer in refusals {
            #expect(answer.status == 400)
            #expect(
                answer.json?["type"]?.string
                    == "http://ns.adobe.com/adobecloud/problem/data-collection-service/inlet")
            #expect(answer.json?["status"] == .integer(400))
            #expect(answer.json?["title"]?.string == "Invalid XDM Message Format")
            #expect(answer.json?["report"]?["message"]?.string?.contains("[abc123]") == true)
        }
        #expect(world.isRefusedUnread(Self.path, headers: flowHeader("unknown")))
        let named = Array(#"{"header":{"flowId":"other"},"body":{}}"#.utf8)
        #expect(world.send(Self.path, body: named).status == 200)
        #expect(world.handler.counters.refused(.unknownFlow) == 8)
    }

    @Test func `refusals speak Platform's language`() throws {
        let world = try IntakeWorld.inlet()
        func isInletProblem(_ answer: ServerResponse) -> Bool {
            answer.json?["report"]?["message"]?.string != nil
                && answer.json?["status"] == .integer(answer.status)
        }
        let get = world.send(Self.path, method: "GET")
        #expect(get.status == 405 && get.header("allow") == "POST" && isInletProblem(get))
        let long = [UInt8](repeating: 0x20, count: IntakeWorld.maxBodyBytes + 1)
        let large = world.send(Self.path, body: long)
        #expect(large.status == 413 && large.closeConnection && isInletProblem(large))
        let query = world.send(Self.path, query: String(repeating: "q", count: 8193))
        #expect(query.status == 414 && isInletProblem(query))
        world.store.writer.refuseEvents()
        let stopped = world.send(Self.path)
        #expect(stopped.status == 503 && isInletProblem(stopped))
        #expect(stopped.header("retry-after") != nil)
    }

    @Test(arguments: [
        "/collection", "/collection/", "/collection/abc124", "/collection/abc123/",
        "/collection//abc123",
        "/collection/batch", "/collection/batch/", "/collection/batch/abc124",
        "/collection/ABC123", "/collection/abc%3123", "/collection/batch//abc123",
    ])
    func `another inlet is an unknown path`(path: String) throws {
        let world = try IntakeWorld.inlet()
        #expect(world.send(path).seen == world.send("/nothing/of/ours").seen)
    }
}
