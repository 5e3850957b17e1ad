import Platform
import RelayCore
import Testing

struct RetryAfterTests {
    /// 1994-11-06T08:49:07Z, 30 s before the date of RFC 9110's examples.
    private let before = Timestamp(milliseconds: 784_111_747_000)

    @Test(arguments: [
        ("0", 0), ("1", 1000), ("120", 120_000), (" 30 ", 30_000), ("007", 7000),
        ("99999999999999999999", 31_536_000_000), ("99999999999", 31_536_000_000),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 30_000), ("Sunday, 06-Nov-94 08:49:37 GMT", 30_000),
        ("Sun Nov  6 08:49:37 1994", 30_000), ("Mon, 01 Jan 1990 00:00:00 GMT", 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 31_536_000_000),
    ])
    func `seconds and the three forms of a date are understood`(header: String, waitMs: Int64) {
        #expect(RetryAfter.milliseconds(header, now: before) == waitMs)
    }

    @Test(arguments: [
        "", " ", "-1", "+5", "1.5", "soon", "5s", "1e3", "0x10", "١٢", "5, 6",
        "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT", "Sun, 06-Nov-1994 08:49:37 GMT", "1994-11-06T08:49:37Z",
        "Sun Nov 6 1994",
    ])
    func `anything else is no wait`(header: String) {
        #expect(RetryAfter.milliseconds(header, now: before) == nil)
    }

    @Test func `an absent header is no wait`() {
        #expect(RetryAfter.milliseconds(nil, now: before) == nil)
    }

    @Test func `a year of two digits lies at most fifty years ahead`() {
        let now = Timestamp(milliseconds: 1_795_867_200_000)
        #expect(RetryAfter.milliseconds("Friday, 06-Nov-94 08:49:37 GMT", now: now) == 0)
        #expect(
            RetryAfter.milliseconds("Friday, 06-Nov-70 08:49:37 GMT", now: now) == 31_536_000_000)
    }
}
