/// A point of wall time in whole milliseconds since 1970-01-01T00:00:00Z, as it is stored.
package struct Timestamp: Hashable, Comparable, Sendable {
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    package func adding(ms: Int64) -> Timestamp {
        let (sum, overflow) = milliseconds.addingReportingOverflow(ms)
        return Timestamp(milliseconds: overflow ? (ms > 0 ? .max : .min) : sum)
    }

    /// Milliseconds from `earlier` to this; negative when the clock went back in between.
    package func millisecondsSince(_ earlier: Timestamp) -> Int64 {
        let (difference, overflow) = milliseconds.subtractingReportingOverflow(earlier.milliseconds)
        return overflow ? (milliseconds > earlier.milliseconds ? .max : .min) : difference
    }

    /// Whole days since 1970-01-01, the key of the daily account.
    package var dayNumber: Int64 {
        milliseconds >= 0 ? milliseconds / 86_400_000 : (milliseconds - 86_399_999) / 86_400_000
    }
}
