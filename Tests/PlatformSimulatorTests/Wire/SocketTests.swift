import Dispatch
import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

struct SocketTests {
    private let simulator = Simulator(clock: ManualClock())
    private let server: SimulatorServer
    private static let path =
        "/collection/\(BuiltIn.inletID)?x-adobe-flow-id=\(BuiltIn.flowID)"

    init() throws {
        server = try SimulatorServer.start(simulator)
    }

    private func connect() throws -> WireClient { try #require(WireClient(port: server.port)) }

    private func post(_ body: String = "{}") throws -> String? {
        let client = try connect()
        client.post(Self.path, body)
        return client.rest()
    }

    @Test func `a server on port 0 says where it is, and answers there`() throws {
        #expect(server.port > 0)
        #expect(server.url == "http://127.0.0.1:\(server.port)")
        #expect(server.inletURL() == "\(server.url)/collection/\(BuiltIn.inletID)")
        #expect(try post()?.hasPrefix("HTTP/1.1 200 ") == true)
        #expect(simulator.counters.lake == 1)
    }

    @Test func `a reset before acceptance brings nothing and lands nothing`() throws {
        try simulator.script(["action": ["reset": "before"], "times": 1])
        let client = try connect()
        client.post(Self.path, "{}")
        #expect(client.rest() == "")
        #expect(client.wasReset)
        #expect(simulator.counters.lake == 0)
        #expect(try post()?.contains("xactionId") == true)
    }

    @Test func `a reset after acceptance brings nothing, and the retry is a second row`() throws {
        try simulator.script(["action": ["reset": "after"], "times": 1])
        let body = #"{"holdfast":{"_id":"same"}}"#
        #expect(try post(body) == "")
        #expect(try post(body)?.contains("xactionId") == true)
        #expect(simulator.counters.lake == 2)
        #expect(simulator.counters.profile == 1)
    }

    @Test func `a hanging request is not answered until the server stops`() throws {
        try simulator.script(["match": ["contains": "hang"], "action": ["hang": "before"]])
        let hanging = try connect()
        hanging.post(Self.path, #"{"a":"hang"}"#)
        let taken = DispatchSemaphore(value: 0)
        simulator.when(Goal(\.faultsApplied, least: 1)) { _ in taken.signal() }
        #expect(taken.wait(timeout: .now() + 30) == .success)
        #expect(!hanging.isReadable)
        server.stop()
        #expect(hanging.rest() == "")
    }

    @Test func `a hanging request is forgotten when its client has left`() throws {
        try simulator.script(["match": ["contains": "hang"], "action": ["hang": "before"]])
        let hanging = try connect()
        hanging.post(Self.path, #"{"a":"hang"}"#)
        let taken = DispatchSemaphore(value: 0)
        simulator.when(Goal(\.faultsApplied, least: 1)) { _ in taken.signal() }
        #expect(taken.wait(timeout: .now() + 30) == .success)
        hanging.leave()
        try eventually("the end of the connection") { server.connectionCount == 0 }
    }

    @Test func `a late answer is late and complete`() throws {
        try simulator.script(["action": ["delayMs": 50], "times": 1])
        #expect(try post()?.contains("xactionId") == true)
    }

    @Test func `a cut answer ends in the middle of its JSON and with its connection`() throws {
        try simulator.script(["action": ["truncate": 12], "times": 1])
        let answer = try post()
        #expect(answer?.hasSuffix("\r\n\r\n{\"inletId\":\"") == true)
        let announced = answer?.split(separator: "\r\n").first { $0.hasPrefix("Content-Length: ") }
        let length = announced.flatMap { Int($0.dropFirst(16)) }
        #expect(try #require(length) > 12)
    }

    @Test func `an answer without a body can be cut as well`() throws {
        try simulator.script(["action": ["status": 503, "truncate": 0], "times": 1])
        let answer = try post()
        #expect(answer?.hasPrefix("HTTP/1.1 503 ") == true)
        #expect(answer?.contains("Content-Length: 1\r\n") == true)
        #expect(answer?.hasSuffix("\r\n\r\n") == true)
    }

    @Test func `garbage on the wire is not HTTP, garbage in the body is in HTTP`() throws {
        try simulator.script([
            ["action": ["garbage": "wire"], "times": 1],
            ["action": ["garbage": "body"], "times": 1],
        ])
        let first = try connect()
        first.post(Self.path, "{}")
        let garbage = try #require(first.restBytes())
        #expect(garbage.count == 97)
        #expect(!first.wasReset)
        let second = try connect()
        second.post(Self.path, "{}")
        let framed = try #require(second.restBytes())
        #expect(framed.starts(with: Array("HTTP/1.1 200 ".utf8)))
        #expect(framed.suffix(97).elementsEqual(garbage))
        #expect(simulator.counters.responses == [0: 1, 200: 1])
    }

    @Test func `a dripped answer comes in the end`() throws {
        try simulator.script([
            ["action": ["drip": 1_000_000], "times": 1], ["action": ["drip": 2000], "times": 1],
        ])
        for _ in 0..<2 { #expect(try post()?.hasSuffix("}") == true) }
    }

    @Test func `a dripped answer begins before it ends`() throws {
        try simulator.script(["action": ["drip": 1], "times": 1])
        let client = try connect()
        client.post(Self.path, "{}")
        try eventually("the first byte") { client.isReadable }
        server.stop(graceMs: 0)
        #expect(client.rest().map { "HTTP/1.1 200".hasPrefix($0) && !$0.isEmpty } == true)
    }

    @Test func `whoever waits for a counter is answered when it is there`() throws {
        let waiting = try connect()
        waiting.get("/_control/wait?lake=1")
        _ = try post()
        let answer = waiting.rest()
        #expect(answer?.hasPrefix("HTTP/1.1 200 ") == true)
        #expect(answer?.contains("\"lake\":1") == true)
        let late = try connect()
        late.get("/_control/wait?lake=2&timeoutMs=1")
        #expect(late.rest()?.hasPrefix("HTTP/1.1 408 ") == true)
        let wrong = try connect()
        wrong.get("/_control/wait?lak=2")
        #expect(wrong.rest()?.hasPrefix("HTTP/1.1 400 ") == true)
    }

    @Test func `a stopped server is gone, and stopping again does nothing`() throws {
        server.stop()
        server.stop()
        #expect(WireClient(port: server.port) == nil)
    }
}
