import RelayBench
import RelayCore

/// The figures as one table, or as lines of JSON.
struct BenchTable {
    private let results: [FigureResult]

    init(_ results: [FigureResult]) {
        self.results = results
    }

    func write(to console: Console) throws {
        var table = Table([
            .init("FIGURE"), .init("WHAT", smallest: 12), .init("MIN", right: true),
            .init("MEDIAN", right: true), .init("MAX", right: true),
            .init("CEILING", right: true), .init("RATIO", right: true), .init("GOAL"),
        ])
        for result in results { table.add(BenchTable.cells(result)) }
        try console.lines(table.render(width: console.columns, colour: console.usesColour).lines)
    }

    func writeJSON(to console: Console) throws {
        for result in results {
            var object = JSONObject()
            object["figure"] = .string(result.figure.rawValue)
            object["meaning"] = .string(result.figure.meaning)
            object["unit"] = .string(result.figure.unit.rawValue)
            object["runs"] = .number(JSONNumber(result.runs))
            object["min"] = BenchTable.number(result.minimum)
            object["median"] = BenchTable.number(result.median)
            object["max"] = BenchTable.number(result.maximum)
            object["ceiling"] = result.ceiling.map(BenchTable.number) ?? .null
            object["ratio"] = result.ratio.map(BenchTable.number) ?? .null
            object["goal"] = .string(result.figure.goal.text(result.figure.unit))
            object["met"] = result.isMet.map { .bool($0) } ?? .null
            try console.json(object)
        }
    }

    private static func cells(_ result: FigureResult) -> [Table.Cell] {
        let unit = result.figure.unit
        let style: TextStyle =
            switch result.isMet {
            case true?: .green
            case false?: .red
            case nil: .plain
            }
        return [
            Table.Cell(result.figure.rawValue, .bold), Table.Cell(result.figure.meaning),
            Table.Cell(unit.text(result.minimum)), Table.Cell(unit.text(result.median), style),
            Table.Cell(unit.text(result.maximum)),
            Table.Cell(result.ceiling.map(unit.text) ?? ""),
            Table.Cell(result.ratio.map { Unit.decimal($0, digits: 2) } ?? ""),
            Table.Cell(result.figure.goal.text(unit)),
        ]
    }

    /// Three digits behind the point are more than any of it is worth.
    private static func number(_ value: Double) -> JSONValue {
        let thousandths = Int((value * 1000).rounded())
        return JSONNumber(Double(thousandths) / 1000).map { .number($0) } ?? .null
    }
}
