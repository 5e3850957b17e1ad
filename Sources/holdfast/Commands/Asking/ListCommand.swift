import RelayCore
import RelayStore

/// One line per delivery, newest event first.
enum ListCommand: Command {
    static let description = CommandDescription(
        name: "list", summary: "lists deliveries, newest event first",
        options: OptionDescription.filters + [.json] + OptionDescription.store,
        details: [
            "Every filter narrows; values of the same option widen. T is RFC 3339, a day "
                + "(2026-11-20, from midnight UTC) or a span back from now (90s, 15m, 24h, 7d). "
                + "An event that repeated an earlier one was never to be delivered: it is listed "
                + "only by its --id.",
            "On a terminal the newest 50 are listed; --limit and --all change that.",
        ],
        examples: [
            .init("holdfast list --db sandbox/holdfast.db", "the newest events"),
            .init("holdfast list --state dead --since 24h", "what failed since yesterday"),
            .init("holdfast list --error rate_limited --older-than 1h", "what is being held up"),
            .init("holdfast list --match /visitor/email=ana@example.org", "one visitor's events"),
            .init("holdfast list --state dead --json | jq -r .id", "ids for other commands"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let options = try context.filters(invocation)
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        let console = context.console
        let isJSON = invocation.has("json")
        var lines = DeliveryTable(now: context.now)
        var count = 0
        let look = LookLine(context)
        try reader.list(
            options.filter, limit: options.limit, now: context.now,
            passing: { look.show(backTo: $0, found: count) }
        ) { records in
            count += records.count
            if isJSON {
                for record in records { try console.json(record.json) }
            } else {
                try lines.show(records, on: console)
            }
            // The first page at once, however long the walk to the next one is.
            try console.flush()
            return true
        }
        look.end()
        if count == 0 {
            console.message("nothing matched")
            return .nothingMatched
        }
        if !isJSON, console.isWatched, count == options.limit, !invocation.has("limit") {
            console.message("the newest \(count); --limit N or --all shows more")
        }
        return .done
    }
}
