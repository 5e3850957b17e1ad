import HTTPClient
import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

/// What our own client makes of each fault: the words in which delivery hears of it.
struct ClientTests {
    private let simulator = Simulator(clock: ManualClock())
    private let server: SimulatorServer
    private let worker = HTTPWorker(label: "test.client")

    init() throws {
        server = try SimulatorServer.start(simulator)
    }

    private func send(timeoutMs: Int = 30_000) -> Result<ClientResponse, ClientFailure> {
        let request = ClientRequest(
            url: server.inletURL(),
            headers: [
                "Content-Type: application/json", "x-adobe-flow-id: \(BuiltIn.flowID)",
            ],
            body: Array(#"{"a":1}"#.utf8), timeoutMs: timeoutMs)
        let results = Mailbox<Result<ClientResponse, ClientFailure>>()
        worker.send(request, policy: ClientPolicy(allowPlainHTTP: true)) { results.put($0) }
        return results.take()
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let action: JSONValue
        let kind: ClientFailure.Kind
        /// Whether the message is in the lake all the same.
        let lands: Bool
        /// Far longer than any healthy answer, unless the fault is made of waiting.
        var timeoutMs = 30_000

        var testDescription: String { action.description }
    }

    @Test(arguments: [
        Row(action: ["reset": "before"], kind: .reset, lands: false),
        Row(action: ["reset": "after"], kind: .reset, lands: true),
        Row(action: ["truncate": 12], kind: .reset, lands: true),
        Row(action: ["status": 503, "truncate": 0], kind: .reset, lands: false),
        Row(action: ["garbage": "wire"], kind: .protocolError, lands: true),
        Row(action: ["drip": 1], kind: .timeout, lands: true, timeoutMs: 1000),
        Row(action: ["hang": "before"], kind: .timeout, lands: false, timeoutMs: 1000),
        Row(action: ["hang": "after"], kind: .timeout, lands: true, timeoutMs: 1000),
    ])
    func `a fault of the connection is a failure whose outcome is unknown`(row: Row) throws {
        try simulator.script(["action": row.action, "times": 1])
        let result = send(timeoutMs: row.timeoutMs)
        guard case .failure(let failure) = result else {
            Issue.record("an answer: \(result)")
            return
        }
        #expect(failure.kind == row.kind, "\(failure.message)")
        #expect(failure.requestMayHaveArrived)
        #expect(simulator.counters.lake == (row.lands ? 1 : 0))
        #expect(try send().get().status == 200, "and the next request finds a working server")
    }

    @Test func `on a kept connection a fault is the same`() throws {
        #expect(try send().get().status == 200)
        try simulator.script(["action": ["reset": "after"], "times": 1])
        guard case .failure(let failure) = send() else {
            // The client may have tried a kept connection again; then both have landed.
            #expect(simulator.counters.lake == 3)
            return
        }
        #expect(failure.kind == .reset)
        #expect(simulator.counters.lake == 2)
    }

    @Test func `garbage within HTTP is an answer`() throws {
        try simulator.script(["action": ["garbage": "body"], "times": 1])
        let answer = try send().get()
        #expect(answer.status == 200)
        #expect(answer.body.count == 97)
    }

    @Test func `a slow answer that is quick enough is whole`() throws {
        try simulator.script(["action": ["drip": 5000], "times": 1])
        let answer = try send().get()
        #expect(String(decoding: answer.body, as: UTF8.self).contains("xactionId"))
    }
}
