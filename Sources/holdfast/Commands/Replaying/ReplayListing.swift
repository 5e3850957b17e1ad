import RelayCore
import RelayStore

/// The replays so far.
enum ReplayListing {
    private static let listed = 50

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let number = try OptionReader(invocation: invocation, now: context.now)
            .number("show", in: 1...Int.max)
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        if let number {
            guard let record = try reader.replay(Int64(number)) else {
                context.console.message("no replay \(number); 'holdfast replay --list' has them")
                return .nothingMatched
            }
            if invocation.has("json") {
                try context.console.json(record.json)
            } else {
                try show(record, on: context.console)
            }
            return .done
        }
        let records = try reader.replays(limit: listed)
        if invocation.has("json") {
            for record in records { try context.console.json(record.json) }
        } else if !records.isEmpty {
            try list(records, now: context.now, on: context.console)
        }
        guard records.isEmpty else { return .done }
        context.console.message("nothing was replayed yet")
        return .nothingMatched
    }

    private static func list(
        _ records: [ReplayRecord], now: Timestamp, on console: Console
    ) throws {
        var table = Table([
            .init("REPLAY", right: true), .init("AGE", right: true), .init("BY", smallest: 8),
            .init("MOVED", right: true), .init("WAITING", right: true),
            .init("DELIVERED", right: true), .init("DEAD", right: true),
            .init("ASKED", smallest: 12),
        ])
        for record in records {
            let outcome = record.outcome
            let isOpen = record.endedAt == nil
            table.add([
                Table.Cell(String(record.id)), Table.Cell(Words.age(of: record.startedAt, at: now)),
                Table.Cell(record.who),
                Table.Cell(
                    "\(Words.count(Int64(record.moved)))/\(Words.count(Int64(record.chosen)))",
                    isOpen ? .yellow : .plain),
                Table.Cell(Words.count(outcome[.queued])),
                Table.Cell(Words.count(outcome[.delivered])),
                Table.Cell(Words.count(outcome[.dead] + outcome[.expired])),
                Table.Cell((record.patch == nil ? "" : "(patched) ") + record.asked),
            ])
        }
        try console.lines(
            table.render(width: console.columns, colour: console.usesColour).lines)
    }

    private static func show(_ record: ReplayRecord, on console: Console) throws {
        func fact(_ name: String, _ value: String) throws {
            let label = console.styled(DisplayText.padded(name, to: 12), .dim)
            try console.line(label + DisplayText.harmless(value))
        }
        try fact("replay", String(record.id))
        try fact("by", record.who)
        try fact("started", record.startedAt.description)
        try fact(
            "ended", record.endedAt?.description ?? "not yet: under way, or interrupted")
        try fact("asked", record.asked.isEmpty ? "everything" : record.asked)
        try fact(
            "moved", "\(Words.count(Int64(record.moved))) of \(Words.count(Int64(record.chosen)))")
        for state in [DeliveryState.queued, .delivered, .dead, .expired, .discarded]
        where record.outcome[state] > 0 {
            try fact(
                state == .queued ? "waiting" : state.rawValue, Words.count(record.outcome[state]))
        }
        if record.gone > 0 {
            try fact("gone", "\(Words.count(record.gone)) (pruned, or replayed once more)")
        }
        if let patch = record.patch { try show(patch: patch, on: console) }
    }

    /// As one would write it, an operation a line.
    private static func show(patch: [UInt8], on console: Console) throws {
        guard let operations = (try? JSONValue.parse(patch))?.array else {
            return try console.line(DisplayText.harmless(String(decoding: patch, as: UTF8.self)))
        }
        try console.line(console.styled("patch", .dim))
        for operation in operations {
            try console.line("  " + DisplayText.harmless(operation.description))
        }
    }
}
