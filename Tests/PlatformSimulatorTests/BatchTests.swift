import PlatformSimulator
import RelayCore
import Testing

struct BatchTests {
    private let platform = LocalPlatform()

    private func send(_ messages: String) -> Reply {
        platform.send("{\"messages\":[\(messages)]}", to: LocalPlatform.batch)
    }

    @Test func `each message of a batch is answered and lands byte for byte`() {
        let reply = send(#"{"a": 1} , {"b":"],}\"{"},{"c":[{}]}"#)
        #expect(reply.status == 207)
        #expect(reply.at("/responses")?.array?.count == 3)
        let bodies = platform.simulator.landed().map {
            String(decoding: $0.body ?? [], as: UTF8.self)
        }
        #expect(bodies == [#"{"a": 1}"#, #"{"b":"],}\"{"}"#, #"{"c":[{}]}"#])
        let tracers = (0..<3).map { reply.at("/responses/\($0)/xactionId")?.string }
        #expect(tracers == platform.simulator.landed().map(\.xactionID))
    }

    @Test func `an empty batch is answered 207 with nothing in it`() {
        #expect(send("").at("/responses") == [])
    }

    @Test(arguments: ["{}", #"{"messages":{}}"#, "[]", #"{"message":[{}]}"#])
    func `a batch without a list of messages is refused as a whole`(body: String) {
        #expect(platform.send(body, to: LocalPlatform.batch).status == 400)
    }

    @Test func `dialect A names the fault in statusCode and gives no tracer`() {
        let reply = send("{},5,{}")
        #expect(reply.status == 207)
        #expect(reply.at("/responses/1/statusCode") == 400)
        #expect(reply.at("/responses/1/xactionId") == nil)
        #expect(reply.at("/responses/2/xactionId") != nil)
        #expect(platform.simulator.counters.lake == 2)
    }

    @Test func `dialect B names it in status, beside a tracer that ends in the index`() {
        platform.simulator.settings.dialect = .connector
        let reply = send("{},5")
        #expect(reply.at("/responses/1/status") == 400)
        #expect(reply.at("/responses/1/xactionId")?.string?.hasSuffix("-1") == true)
        #expect(reply.at("/responses/0/xactionId")?.string?.hasSuffix("-0") == true)
    }

    @Test func `mixed speaks both in one answer`() {
        platform.simulator.settings.dialect = .mixed
        let reply = send("5,5")
        #expect(reply.at("/responses/0/statusCode") == 400)
        #expect(reply.at("/responses/1/status") == 400)
    }

    @Test(arguments: [(-1, 1), (2, 4), (-5, 0)])
    func `the number of responses can be made wrong`(skew: Int, count: Int) {
        platform.simulator.settings.responseCountSkew = skew
        #expect(send("{},{}").at("/responses")?.array?.count == count)
        #expect(platform.simulator.counters.lake == 2)
    }

    @Test func `half of a batch can be made to fail, and what failed did not land`() throws {
        try platform.script([
            "match": ["endpoint": "batch"],
            "action": ["elements": ["status": 503, "message": "later", "every": 2]], "times": 1,
        ])
        let reply = send(#"{"n":0},{"n":1},{"n":2},{"n":3}"#)
        let codes = (0..<4).map { reply.at("/responses/\($0)/statusCode")?.int64 }
        #expect(codes == [503, nil, 503, nil])
        #expect(platform.simulator.landed().count == 2)
        #expect(send(#"{"n":0}"#).at("/responses/0/xactionId") != nil)
    }

    @Test func `one poison message can be told by its text`() throws {
        try platform.script(["action": ["elements": ["contains": "poison"]]])
        let reply = send(#"{"m":"fine"},{"m":"poison"},{"m":"fine"}"#)
        #expect(reply.at("/responses/1/statusCode") == 400)
        #expect(platform.simulator.landed().count == 2)
    }
}
