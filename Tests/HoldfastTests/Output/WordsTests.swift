import RelayCore
import Testing

@testable import holdfast

struct WordsTests {
    @Test(
        arguments: [
            (0, "0s"), (3, "3s"), (59, "59s"), (60, "1m"), (3599, "59m"), (7200, "2h"),
            (86_399, "23h"), (345_600, "4d"), (-5, "0s"),
        ] as [(Int64, String)])
    func `ages have one unit`(seconds: Int64, expected: String) {
        #expect(Words.age(seconds: seconds) == expected)
    }

    @Test func `times to come and counts`() {
        let now = Timestamp(milliseconds: 1_000_000)
        #expect(Words.wait(until: now.adding(ms: 61_000), at: now) == "in 1m")
        #expect(Words.wait(until: now.adding(ms: 1), at: now) == "in 1s")
        #expect(Words.wait(until: now.adding(ms: -1), at: now) == "now")
        #expect(Words.count(1_234_567) == "1,234,567")
        #expect(Words.count(-999) == "-999")
        #expect(Words.rate(0.24) == "0.2")
        #expect(Words.rate(1234.4) == "1,234")
        #expect(Words.bytes(2048) == "2 KiB")
        #expect(Words.plural(1, "event") == "1 event")
        #expect(Words.plural(1000, "event") == "1,000 events")
    }
}

struct WrappingTests {
    @Test func `a long message breaks between words and a layout stays as it is`() {
        let text = "holdfast: copy.db: is there already and is not overwritten"
        #expect(
            DisplayText.wrapped(text, to: 40) == [
                "holdfast: copy.db: is there already and", "is not overwritten",
            ])
        #expect(DisplayText.wrapped(text, to: 80) == [text])
        #expect(DisplayText.wrapped("  " + text, to: 40) == ["  " + text])
    }
}
