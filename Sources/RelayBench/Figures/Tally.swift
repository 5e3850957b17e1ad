/// The samples of all runs.
struct Tally {
    private struct Sample {
        let value: Double
        /// Of the same run; nil: the figure has none.
        let ceiling: Double?
    }

    private var samples: [Figure: [Sample]] = [:]

    mutating func add(_ figure: Figure, _ value: Double, ceiling: Double? = nil) {
        samples[figure, default: []].append(Sample(value: value, ceiling: ceiling))
    }

    /// The newest sample of a figure, as another one's ceiling.
    func newest(_ figure: Figure) -> Double? { samples[figure]?.last?.value }

    func results(of figures: Set<Figure>) -> [FigureResult] {
        Figure.allCases.filter(figures.contains).compactMap { figure in
            guard let samples = samples[figure] else { return nil }
            let values = samples.map(\.value).sorted()
            let ceilings = samples.compactMap(\.ceiling).sorted()
            // The ratio is taken inside each run: absolute figures move with the machine.
            let ratios = samples.compactMap { sample in
                sample.ceiling.flatMap { $0 > 0 ? sample.value / $0 : nil }
            }
            return FigureResult(
                figure: figure, runs: values.count, minimum: values[0],
                median: Tally.median(values) ?? 0, maximum: values[values.count - 1],
                ceiling: Tally.median(ceilings), ratio: Tally.median(ratios.sorted()))
        }
    }

    private static func median(_ sorted: [Double]) -> Double? {
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }
}
