import RelayCore
import RelayStore

/// The queue by age: the first answer to "what is stuck".
enum ShapeCommand: Command {
    static let description = CommandDescription(
        name: "shape", summary: "shows what waits by destination, hook or error, and by age",
        options: [
            OptionDescription(
                "by", value: "KEY", "rows, destination by default",
                hint: .oneOf(keys)),
            .json,
        ] + OptionDescription.store,
        details: [
            "Columns are ages since receipt: up to 1m, from there up to 5m, and so on. The worst "
                + "row comes first."
        ],
        examples: [
            .init("holdfast shape --db sandbox/holdfast.db", "by destination"),
            .init("holdfast shape --by error", "why it waits"),
        ])

    static let keys = QueueShape.Key.allCases.map(\.rawValue)

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let key = invocation.value("by").flatMap(QueueShape.Key.init) ?? .destination
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        let look = LookLine(context)
        let shape = try reader.shape(by: key, now: context.now) { counted in
            look.show("counting: \(Words.count(counted))")
        }
        look.end()
        if invocation.has("json") {
            for row in shape.rows { try context.console.json(row.json(key)) }
        } else if shape.rows.isEmpty {
            context.console.message("nothing waits")
        } else {
            try show(shape, key, on: context.console)
        }
        return .done
    }

    private static func show(
        _ shape: QueueShape, _ key: QueueShape.Key, on console: Console
    ) throws {
        var columns = [Table.Column(key.rawValue.uppercased(), smallest: 12)]
        columns.append(.init("TOTAL", right: true))
        columns += QueueShape.ageNames.map { .init($0.uppercased(), right: true) }
        var table = Table(columns)
        for row in shape.rows {
            let counts = row.counts.map { Table.Cell($0 == 0 ? "." : Words.count($0)) }
            table.add([Table.Cell(row.key), Table.Cell(Words.count(row.total))] + counts)
        }
        try console.lines(
            table.render(width: console.columns, colour: console.usesColour).lines)
    }
}
