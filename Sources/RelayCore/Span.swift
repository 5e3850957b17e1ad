/// A length of time as operators write it: `"100ms"`, `"1s"`, `"10m"`, `"1h"`, `"7d"`. One whole
/// number and one unit; never negative.
package struct Span: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let milliseconds: Int64

    private static let units: [(suffix: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("ms", 1), ("s", 1000),
    ]

    package init(milliseconds: Int64) {
        precondition(milliseconds >= 0)
        self.milliseconds = milliseconds
    }

    package static func seconds(_ count: Int64) -> Span { Span(milliseconds: count * 1000) }

    package static func < (left: Span, right: Span) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// Nil for anything else, signs, fractions, blanks and overflow included.
    package init?(_ text: String) {
        let digits = text.utf8.prefix(while: ASCII.isDigit)
        let suffix = String(text.utf8.dropFirst(digits.count))
        guard
            let suffix, let count = Int64(String(Substring(digits))),
            let unit = Self.units.first(where: { $0.suffix == suffix })
        else { return nil }
        let (milliseconds, overflow) = count.multipliedReportingOverflow(by: unit.milliseconds)
        guard !overflow else { return nil }
        self.milliseconds = milliseconds
    }

    /// In the largest unit that says it exactly.
    package var description: String {
        guard milliseconds > 0 else { return "0s" }
        let byLength = Self.units.sorted { $0.milliseconds > $1.milliseconds }
        for unit in byLength where milliseconds % unit.milliseconds == 0 {
            return "\(milliseconds / unit.milliseconds)\(unit.suffix)"
        }
        return "\(milliseconds)ms"
    }
}
