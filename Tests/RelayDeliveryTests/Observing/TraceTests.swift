import HTTPClient
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Signing
import Testing

@Suite struct TraceTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let parent = "00-\(trace)-00f067aa0ba902b7-01"

    /// As intake makes it: the context beside the headers that hold it.
    private func event(_ delivery: TestDelivery, _ number: Int, traced: Bool = true) -> NewEvent {
        let body = Fixtures.body(number)
        let headers = traced ? "Traceparent: \(Self.parent)\ntracestate: a=1\n" : "Host: x\n"
        return NewEvent(
            route: delivery.route, receivedAt: delivery.store.clock.now,
            remoteAddress: "192.0.2.1", headers: Array(headers.utf8), body: body,
            sha256: SHA256.digest(body).bytes,
            trace: TraceContext(headerLines: Array(headers.utf8)))
    }

    private func traceLines(_ sent: ScriptedSender.Sent) -> [String] {
        sent.request.headers.filter { $0.hasPrefix("trace") }
    }

    @Test func `an event's trace goes on, each attempt a step of its own`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        _ = delivery.store.accept(event(delivery, 1))
        let first = delivery.sender.next()
        first.answer(500, "")
        delivery.settle()
        delivery.advance(ms: 1001)
        // Read back from the store, where the headers are what was kept.
        let second = delivery.sender.next()
        for lines in [traceLines(first), traceLines(second)] {
            #expect(lines.count == 2 && lines.last == "tracestate: a=1")
            #expect(lines.first?.hasPrefix("traceparent: 00-\(Self.trace)-") == true)
            #expect(lines.first?.hasSuffix("-01") == true)
            #expect(lines.first?.contains("00f067aa0ba902b7") == false)
        }
        #expect(traceLines(first) != traceLines(second))
        second.accept()
        delivery.settle()
    }

    @Test func `an event without a trace is sent without one`() throws {
        let delivery = try TestDelivery()
        try delivery.start()
        _ = delivery.store.accept(event(delivery, 1, traced: false))
        let sent = delivery.sender.next()
        #expect(traceLines(sent).isEmpty)
        sent.accept()
        delivery.settle()
    }

    @Test func `a request with several events belongs to no trace`() throws {
        var setup = TestDelivery.Setup()
        setup.packing = Packing(maxMessages: 10, maxBytes: 9000, overheadBytes: 1, lingerMs: 0)
        let delivery = try TestDelivery(setup)
        for number in 0..<2 { _ = delivery.store.accept(event(delivery, number)) }
        try delivery.start()
        let sent = delivery.sender.next()
        #expect(sent.text.contains("number 0") && sent.text.contains("number 1"))
        #expect(traceLines(sent).isEmpty)
        sent.answer(207, #"{"responses":[{"xactionId":"1"},{"xactionId":"2"}]}"#)
        delivery.settle()
    }
}
