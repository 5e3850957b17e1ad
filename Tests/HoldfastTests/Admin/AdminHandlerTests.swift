import Dispatch
import HTTPServer
import RelayCore
import RelayRuntime
import RelayStore
import RelayTesting
import Testing

@testable import holdfast

@Suite struct AdminHandlerTests {
    private let store: TestStore
    private let pulse: Pulse
    private let handler: AdminHandler

    init() throws {
        let store = try TestStore()
        self.store = store
        let log = Log(level: .error, format: .text, clock: store.clock) { _ in }
        pulse = Pulse(
            [Pulse.Part("writer") { store.writer.probe($0) }], clock: store.clock, log: log)
        handler = AdminHandler(
            token: nil,
            health: HealthReport(
                pulse: pulse, writer: store.writer, reserveBytes: 0, intakeObstacle: { nil }),
            desk: AdminDesk(file: store.file, clock: store.clock, log: log), metrics: { [] })
    }

    private func ask(_ path: String) -> ServerResponse {
        let head = RequestHead(method: "GET", path: path)
        let answers = Mailbox<ServerResponse>()
        switch handler.admit(head) {
        case .answer(let response): return response
        case .collect(_, let context):
            handler.respond(
                to: ServerRequest(head: head, body: [], context: context),
                exchange: Exchange { answers.put($0) })
            return answers.take()
        }
    }

    @Test func `a writer that stands still is neither healthy nor ready until it moves`() throws {
        pulse.beat()
        // Answers the probe that is out.
        store.writer.queue.sync {}
        #expect(ask("/healthz").status == 200 && ask("/readyz").status == 200)

        let gate = DispatchSemaphore(value: 0)
        store.writer.queue.async { gate.wait() }
        store.clock.advance(ms: 1000)
        pulse.beat()
        store.clock.advance(ms: Limits.standstillMs)
        pulse.beat()
        for path in ["/healthz", "/readyz"] {
            let answer = ask(path)
            #expect(answer.status == 503)
            let reasons = try JSONValue.parse(answer.body)["reasons"]?.array
            #expect(reasons == ["The writer has not moved for 15 s."])
        }

        gate.signal()
        store.writer.queue.sync {}
        pulse.beat()
        store.writer.queue.sync {}
        #expect(ask("/healthz").status == 200 && ask("/readyz").status == 200)
    }

    @Test func `a store that has stopped is alive and not ready`() throws {
        store.close()
        #expect(ask("/healthz").status == 200)
        let answer = ask("/readyz")
        #expect(answer.status == 503)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("The relay is stopping."))
    }

    @Test func `questions that pile up are turned away at once`() {
        let queue = AdminQueue("test")
        let gate = DispatchSemaphore(value: 0)
        let done = Mailbox<Int>()
        for number in 0..<Limits.adminWaiting {
            #expect(
                queue.run {
                    gate.wait()
                    done.put(number)
                })
        }
        #expect(!queue.run {})
        for _ in 0..<Limits.adminWaiting { gate.signal() }
        for _ in 0..<Limits.adminWaiting { _ = done.take() }
    }

    @Test(arguments: [
        ("/healthz", AdminRoute.health), ("/readyz", .readiness), ("/metrics", .metrics),
        ("/deliveries/01A", .delivery(id: "01A")),
        ("/destinations/copy/hold", .hold(destination: "copy")),
        ("/destinations/copy/release", .release(destination: "copy")),
    ])
    func `each page has its path`(path: String, route: AdminRoute) {
        #expect(AdminRoute(path: path) == route)
    }

    @Test(arguments: ["", "/", "healthz/", "/deliveries/", "/destinations/copy", "/metrics/x"])
    func `any other path is none`(path: String) {
        #expect(AdminRoute(path: path) == nil)
    }
}
