/// One line of the table.
package struct FigureResult: Sendable {
    package let figure: Figure
    package let runs: Int
    package let minimum: Double
    package let median: Double
    package let maximum: Double
    /// Medians; nil where the figure has no ceiling.
    package let ceiling: Double?
    package let ratio: Double?

    package var isMet: Bool? { figure.goal.isMet(median, ratio: ratio) }
}
