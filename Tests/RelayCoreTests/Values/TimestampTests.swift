import RelayCore
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"),
        (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (1_795_166_043_120, "2026-11-20T09:14:03.120Z"),
        (-1, "1969-12-31T23:59:59.999Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ])
    func `a timestamp reads and writes as RFC 3339`(milliseconds: Int64, text: String) {
        let timestamp = Timestamp(milliseconds: milliseconds)
        #expect(timestamp.description == text)
        #expect(Timestamp(rfc3339: text) == timestamp)
    }

    @Test(arguments: [
        ("2025-10-09T09:54:48.120394+01:00", "2025-10-09T08:54:48.120Z"),
        ("2025-10-08T22:41:07.5-01:00", "2025-10-08T23:41:07.500Z"),
        ("2025-10-09T10:00:00.000031948+01:00", "2025-10-09T09:00:00.000Z"),
        ("2025-10-09t10:00:00z", "2025-10-09T10:00:00.000Z"),
    ])
    func `offsets and fractions of any length are understood`(text: String, utc: String) {
        #expect(Timestamp(rfc3339: text)?.description == utc)
    }

    @Test(arguments: [
        "", "2025", "2025-10-09", "2025-13-01T00:00:00Z", "2025-02-29T00:00:00Z",
        "2025-10-09T24:00:00Z", "2025-10-09T10:00:00", "2025-10-09T10:00:00.Z",
        "2025-10-09T10:00:00.1234567890Z", "2025-10-09T10:00:00Zx", "+025-10-09T10:00:00Z",
        "2025-10-09T10:00:00+25:00",
    ])
    func `anything else is no timestamp`(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func `days are counted downwards before 1970`() {
        #expect(Timestamp(milliseconds: -1).dayNumber == -1)
        #expect(Timestamp(milliseconds: 86_399_999).dayNumber == 0)
        #expect(Timestamp(milliseconds: 86_400_000).dayNumber == 1)
    }

    @Test func `adding never overflows`() {
        #expect(Timestamp(milliseconds: .max).adding(ms: 1).milliseconds == .max)
        #expect(Timestamp(milliseconds: .min).adding(ms: -1).milliseconds == .min)
    }
}
