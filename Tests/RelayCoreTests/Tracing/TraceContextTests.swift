import RelayCore
import Testing

@Suite struct TraceContextTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let valid = "00-\(trace)-00f067aa0ba902b7-01"

    private func context(_ parent: String, _ states: [String] = []) -> TraceContext? {
        TraceContext(parent: Array(parent.utf8), states: states)
    }

    @Test func `the trace and its flags go on under a new parent`() {
        #expect(
            context(Self.valid)?.headers(span: 0xAB) == [
                "traceparent: 00-\(Self.trace)-00000000000000ab-01"
            ])
    }

    @Test func `states are passed on as they came, several lines as one`() {
        let headers = context(Self.valid, ["rojo=00f067", "congo=t61"])?.headers(span: 1)
        #expect(headers?.last == "tracestate: rojo=00f067,congo=t61")
    }

    @Test(arguments: [
        String(repeating: "a", count: Limits.traceStateBytes + 1), "a=1\u{1b}", "a=é", "",
    ])
    func `a state that is too long or no plain text is left out, the trace goes on`(
        state: String
    ) {
        #expect(context(Self.valid, [state])?.headers(span: 1).count == 1)
    }

    @Test(arguments: [
        "", "00", "00-\(trace)-00f067aa0ba902b7", "00-\(trace)-00f067aa0ba902b7-1",
        "00-\(trace.uppercased())-00f067aa0ba902b7-01", "00-\(trace)-00f067aa0ba902bz-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-\(trace)-0000000000000000-01", "ff-\(trace)-00f067aa0ba902b7-01",
        "\(valid)-more", "\(valid) ", "0-\(trace)-00f067aa0ba902b7-01",
        "00-\(trace.dropLast())-00f067aa0ba902b7-01",
        "01-\(trace)-00f067aa0ba902b7-01-" + String(repeating: "x", count: 300),
    ])
    func `anything that is no context is none`(parent: String) {
        #expect(context(parent) == nil)
    }

    @Test func `a later version may say more, and is understood as far as we know it`() {
        let later = context("cc-\(Self.trace)-00f067aa0ba902b7-01-what-the-future-brings")
        #expect(later?.headers(span: 1).first?.hasPrefix("traceparent: 00-\(Self.trace)-") == true)
    }

    @Test(arguments: ["traceparent", "Traceparent", "TRACEPARENT"])
    func `it is found among kept headers, whatever the case of its name`(name: String) {
        let lines = Array(
            "Host: relay\n\(name): \(Self.valid)\nTraceState: a=1\nTracestate: b=2\n".utf8)
        let mayStand = TraceContext.mayStand(in: lines.span)
        #expect(mayStand)
        let headers = TraceContext(headerLines: lines)?.headers(span: 1)
        #expect(headers?.count == 2 && headers?.last == "tracestate: a=1,b=2")
    }

    @Test(arguments: [
        "Host: relay\nTransfer-Encoding: chunked\n", "x-traceparent: \(valid)\n", "",
        "Accept: traceparent: \(valid)\n",
    ])
    func `other headers are none, and most are told apart without being parsed`(lines: String) {
        let bytes = Array(lines.utf8)
        let mayStand = TraceContext.mayStand(in: bytes.span)
        #expect(!mayStand)
        #expect(TraceContext(headerLines: bytes) == nil)
    }

    @Test func `two parents are a contradiction and count as none`() {
        let line = "traceparent: \(Self.valid)\n"
        #expect(TraceContext(headerLines: Array((line + line).utf8)) == nil)
    }
}
