import RelayCore
import Testing

struct SpanTests {
    @Test(
        arguments: [
            ("0s", 0), ("100ms", 100), ("1s", 1000), ("10m", 600_000), ("1h", 3_600_000),
            ("7d", 604_800_000), ("90d", 7_776_000_000), ("1500ms", 1500),
        ])
    func `a number and a unit are a span and come back as written`(
        text: String, milliseconds: Int64
    ) {
        #expect(Span(text)?.milliseconds == milliseconds)
        #expect(Span(text)?.description == text)
    }

    @Test(
        arguments: [
            "", "s", "1", "-1s", "+1s", "1.5s", "1 s", " 1s", "1s ", "1S", "1w", "1h30m",
            "99999999999999999999s", "9223372036854775807d", "１s",
        ])
    func `everything else is no span`(text: String) {
        #expect(Span(text) == nil)
    }

    @Test func `a span is shown in the largest exact unit`() {
        #expect(Span(milliseconds: 90_000).description == "90s")
        #expect(Span(milliseconds: 3_600_000).description == "1h")
        #expect(Span(milliseconds: 1).description == "1ms")
        #expect(Span.seconds(60) < Span(milliseconds: 60_001))
    }
}
