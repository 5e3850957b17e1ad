/// One line that says how far a long change is. The remaining time comes from the pace of the last
/// seconds and is left out until there is one.
struct ProgressBar {
    let verb: String
    let total: Int
    private var marks: [(ns: UInt64, done: Int)]
    private var shownNs: UInt64?

    private static let everyNs: UInt64 = 100_000_000
    private static let windowNs: UInt64 = 10_000_000_000
    private static let barColumns = 20

    init(verb: String, total: Int, startedNs: UInt64) {
        self.verb = verb
        self.total = total
        marks = [(startedNs, 0)]
    }

    /// Nil when the last one was shown a moment ago.
    mutating func text(done: Int, nowNs: UInt64) -> String? {
        if let shownNs, nowNs &- shownNs < Self.everyNs, done < total { return nil }
        shownNs = nowNs
        marks.append((nowNs, done))
        while marks.count > 2, nowNs &- marks[1].ns > Self.windowNs { marks.removeFirst() }
        let filled = total > 0 ? Self.barColumns * done / total : Self.barColumns
        let bar =
            String(repeating: "=", count: filled)
            + String(repeating: " ", count: Self.barColumns - filled)
        let percent = total > 0 ? 100 * done / total : 100
        return "\(verb) [\(bar)] \(percent)% \(Words.count(Int64(done)))/"
            + "\(Words.count(Int64(total)))\(pace(done: done, nowNs: nowNs))"
    }

    private func pace(done: Int, nowNs: UInt64) -> String {
        guard let first = marks.first, done > first.done, nowNs &- first.ns >= 1_000_000_000 else {
            return ""
        }
        let perSecond = Double(done - first.done) * 1e9 / Double(nowNs &- first.ns)
        let left = Int64((Double(total - done) / perSecond).rounded(.up))
        return ", \(Words.rate(perSecond))/s, \(Words.duration(seconds: left)) left"
    }
}
