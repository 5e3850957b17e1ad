/// How many lines one subject may have in the log: so many a minute, and then one that says how
/// many were left out. A value; whoever writes the lines keeps one for each subject.
package struct LineBudget: Sendable {
    private static let periodNs: UInt64 = 60_000_000_000

    private let linesPerPeriod: Int
    private var startedNs: UInt64?
    private var said = 0
    private var suppressed = 0

    package init(linesPerMinute: Int) {
        linesPerPeriod = linesPerMinute
    }

    /// Whether the next line may be written; one that may not is counted.
    package mutating func admits(nowNs: UInt64) -> Bool {
        if startedNs == nil { startedNs = nowNs }
        guard said < linesPerPeriod else {
            suppressed += 1
            return false
        }
        said += 1
        return true
    }

    /// Begins a new minute when one has passed. Returns how many lines the last one left out, for
    /// the line that says so; nil: none, or the minute is not over.
    package mutating func settle(nowNs: UInt64) -> Int? {
        guard let startedNs, nowNs >= startedNs, nowNs - startedNs >= LineBudget.periodNs else {
            return nil
        }
        defer { self = LineBudget(linesPerMinute: linesPerPeriod) }
        return suppressed > 0 ? suppressed : nil
    }
}
