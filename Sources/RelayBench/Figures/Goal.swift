/// What a figure should reach, by itself or beside its ceiling; nothing: it is only reported.
package struct Goal: Sendable {
    package enum Bound: Sendable {
        case atLeast(Double)
        case atMost(Double)

        func holds(_ value: Double) -> Bool {
            switch self {
            case .atLeast(let least): value >= least
            case .atMost(let most): value <= most
            }
        }

        func text(_ write: (Double) -> String) -> String {
            switch self {
            case .atLeast(let least): "≥ " + write(least)
            case .atMost(let most): "≤ " + write(most)
            }
        }
    }

    private let value: Bound?
    private let ratio: Bound?

    init(_ value: Bound? = nil, ratio: Bound? = nil) {
        self.value = value
        self.ratio = ratio
    }

    package func text(_ unit: Unit) -> String {
        [
            value.map { $0.text(unit.text) },
            ratio.map { $0.text { Unit.decimal($0, digits: 2) } + " of its ceiling" },
        ].compactMap { $0 }.joined(separator: ", ")
    }

    /// Nil when nothing was asked, or the ratio that was asked for is not known.
    func isMet(_ median: Double, ratio known: Double?) -> Bool? {
        let verdicts = [
            value.map { $0.holds(median) },
            ratio.flatMap { bound in known.map(bound.holds) },
        ].compactMap { $0 }
        return verdicts.isEmpty ? nil : verdicts.allSatisfy { $0 }
    }
}
