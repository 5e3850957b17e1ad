import HTTPServer
import RelayCore
import RelayIntake
import RelayStore
import RelayTesting
import Testing

/// `POST /collection/batch/{inletId}`: one answer for all, one event for each.
@Suite struct InletBatchTests {
    private static let path = "/collection/batch/abc123"

    private func send(
        _ world: IntakeWorld, _ text: String, headers: [HeaderField] = []
    ) -> ServerResponse {
        world.send(Self.path, headers: headers, body: Array(text.utf8))
    }

    private func responses(_ answer: ServerResponse) -> [JSONValue] {
        answer.json?["responses"]?.array ?? []
    }

    @Test func `each message is an event of its own, cut out byte for byte`() throws {
        let world = try IntakeWorld.inlet()
        let messages = [
            #"{"a":1.50,"b":"\u00e9\"]}"}"#, #"{ "header" : {} ,"body":{"x":[1,[2]]}}"#, "[ ]",
            "7", "\"é\"", "null",
        ]
        let body = " {\"messages\" :\n[ \(messages.joined(separator: " ,\t")) ] , \"more\":{}}\n"
        let answer = send(world, body)
        #expect(answer.status == 207)
        #expect(answer.json?["inletId"]?.string == "abc123")
        #expect(answer.json?["receivedTimeMs"] != nil)
        let ids = responses(answer).compactMap { $0["xactionId"]?.string }
        #expect(ids.count == messages.count && Set(ids).count == ids.count)
        #expect(ids.allSatisfy { EventID($0) != nil })
        #expect(answer.json?["batchId"]?.string == ids[0])
        #expect(try world.events("body") == messages.map { Array($0.utf8) })
        let account = try Account(world.store)
        #expect(account.queued == Int64(messages.count) && account.isBalanced)
    }

    @Test func `a batch without messages is answered as Platform does and stores nothing`() throws {
        let world = try IntakeWorld.inlet()
        let answer = send(world, #"{"messages":[ ]}"#)
        #expect(answer.status == 207 && responses(answer).isEmpty)
        #expect(answer.json?["responses"] == [] && answer.json?["batchId"] == nil)
        #expect(try world.events("body").isEmpty)
    }

    @Test func `repeats inside and across batches have the first transaction`() throws {
        let world = try IntakeWorld.inlet(dedupWindowMs: 60_000)
        let first = responses(send(world, #"{"messages":[{"n":1},{"n":1},{"n":2}]}"#))
        #expect(first[0] == first[1] && first[0] != first[2])
        let again = responses(send(world, #"{"messages":[{"n":2},{"n":3}]}"#))
        #expect(again[0] == first[2])
        #expect(try Account(world.store).queued == 3)
    }

    @Test(arguments: [
        "", "no", "[]", "7", "{}", #"{"messages":{}}"#, #"{"messages":null}"#,
        #"{"Messages":[{}]}"#, #"{"messages":[{},]}"#, #"{"messages":[{}]"#,
        #"{"x":{"messages":[{}]}}"#, #"{"messages":[{}],"messages":1}"#,
    ])
    func `a malformed batch is a 400 and stores nothing`(text: String) throws {
        let world = try IntakeWorld.inlet()
        let answer = send(world, text)
        #expect(answer.status == 400)
        #expect(answer.json?["title"]?.string == "Invalid XDM Message Format")
        #expect(answer.json?["report"]?["message"]?.string != nil)
        #expect(try world.events("body").isEmpty)
        #expect(world.handler.counters.refused(.malformedBatch) == 1)
    }

    @Test func `a message of another flow fails alone`() throws {
        let world = try IntakeWorld.inlet(flowIDs: ["mine"])
        let text =
            #"{"messages":[{"header":{"flowId":"mine"}},{"header":{"flowId":"x"}},{},"#
            + #"{"header":{"flowId":"mine"},"n":2}]}"#
        let answer = send(world, text)
        #expect(answer.status == 207)
        let elements = responses(answer)
        #expect(elements.map { $0["xactionId"] != nil } == [true, false, false, true])
        for element in elements[1...2] {
            #expect(element["statusCode"] == .integer(400))
            #expect(element["message"]?.string?.contains("inletId: [abc123]") == true)
        }
        #expect(try world.events("body").count == 2)
        let none = send(world, #"{"messages":[{},{}]}"#)
        #expect(none.status == 207 && responses(none).allSatisfy { $0["statusCode"] != nil })
        #expect(none.json?["batchId"] == nil)
        let named = [HeaderField(name: "X-Adobe-Flow-Id", value: "mine")]
        #expect(
            responses(send(world, #"{"messages":[{}]}"#, headers: named))[0]["xactionId"] != nil)
        let other = [HeaderField(name: "X-Adobe-Flow-Id", value: "x")]
        #expect(send(world, #"{"messages":[{}]}"#, headers: other).status == 400)
    }

    @Test func `when the store takes none of it the answer is a 503`() throws {
        let world = try IntakeWorld.inlet()
        world.store.writer.refuseEvents()
        let answer = send(world, #"{"messages":[{},{}]}"#)
        #expect(answer.status == 503 && answer.header("retry-after") != nil)
        #expect(try world.events("body").isEmpty)
    }

    @Test func `a batch of more messages than the bound is refused whole`() throws {
        func elements(_ count: Int) -> JSONElements.Outcome {
            let list = Array(repeating: "1", count: count).joined(separator: ",")
            return JSONElements.inList(
                named: "m", of: Array("{\"m\":[\(list)]}".utf8), countLimit: 3)
        }
        #expect(elements(3) == .found([6..<7, 8..<9, 10..<11]))
        #expect(elements(4) == .tooMany)
        let world = try IntakeWorld { store, counters, table in
            table = EndpointTable(maxBodyBytes: 100_000)
            table.open(
                try IntakeWorld.endpoint(store, counters, source: "dropin", hook: "collection"),
                inlet: Inlet(id: "abc123", flowIDs: nil))
        }
        let list = Array(repeating: "{}", count: 4097).joined(separator: ",")
        #expect(send(world, "{\"messages\":[\(list)]}").status == 413)
        #expect(try world.events("body").isEmpty)
    }

    @Test func `a message may be nested as deeply as alone`() throws {
        let world = try IntakeWorld.inlet()
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(send(world, "{\"messages\":[\(nested(64))]}").status == 207)
        #expect(send(world, "{\"messages\":[\(nested(65))]}").status == 400)
    }
}
