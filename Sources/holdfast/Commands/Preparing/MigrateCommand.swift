import RelayCore
import RelayStore

/// Brings the schema of a store up to this binary.
enum MigrateCommand: Command {
    static let description = CommandDescription(
        name: "migrate", summary: "applies pending schema migrations, as 'serve' does",
        options: [
            OptionDescription("dry-run", "says what is pending and changes nothing")
        ] + OptionDescription.store,
        details: ["Migrations go forward only: make a backup first, it is the way back."],
        examples: [
            .init("holdfast migrate --dry-run --db sandbox/holdfast.db", "what is pending"),
            .init("holdfast migrate --config holdfast.json5", "applies it"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let file = try StoreLocation.find(invocation, in: context)
        let pending = try file.pendingMigrations()
        guard !pending.isEmpty else {
            context.console.message("nothing is pending")
            return .done
        }
        let isDry = invocation.has("dry-run")
        if !isDry { try file.migrate(nowMs: context.now.milliseconds) }
        for name in pending {
            try context.console.line("\(isDry ? "pending" : "applied"): \(name)")
        }
        return .done
    }
}
