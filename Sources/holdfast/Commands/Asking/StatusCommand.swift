import RelayCore
import RelayStore

/// The store on one screen.
enum StatusCommand: Command {
    static let description = CommandDescription(
        name: "status", summary: "shows depth, age, rates and destinations on one screen",
        options: [.json] + OptionDescription.store,
        details: [
            "Counts are of what the store holds now; what retention has pruned is in 'audit'. "
                + "Rates are means over the last minute.",
            "A destination is open, resting (until its next probe), held (by an operator), or its "
                + "credentials or address were refused.",
        ],
        examples: [
            .init("holdfast status --db sandbox/holdfast.db", "one look"),
            .init("watch -n 2 holdfast status --config holdfast.json5", "a look every 2 seconds"),
            .init("holdfast status --json | jq .counts.dead", "for a script"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        let status = try reader.status(now: context.now)
        if invocation.has("json") {
            try context.console.json(status.json)
        } else {
            try StatusPage(status: status, console: context.console).show()
        }
        return .done
    }
}
