import RelayCore
import RelayStore

/// Examines a store or a copy.
enum VerifyCommand: Command {
    static let description = CommandDescription(
        name: "verify", summary: "checks a backup or a store: pages, schema, counts, account",
        arguments: [.init("FILE", optional: true, hint: .file)],
        options: [.json] + OptionDescription.store,
        details: [
            "Opens FILE (or the store of --config or --db) for reading only, lets SQLite check "
                + "every page, and compares the account with the tables and each waiting "
                + "delivery's lane with its event. It reads the whole file: on a large store that "
                + "takes minutes.",
            "Exit code 1 says that something is wrong. (Events that are known to be missing "
                + "unbalance the account, and are no damage.)",
        ],
        examples: [
            .init("holdfast verify holdfast-2026-11-20.db", "a backup"),
            .init("holdfast verify --config holdfast.json5", "the store in use"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let file = try file(invocation, in: context)
        context.console.progress("checking every page of \(DisplayText.harmless(file.path))")
        let verdict: StoreVerdict
        do {
            verdict = try file.examine(now: context.now)
        } catch {
            context.console.endProgress()
            throw error
        }
        context.console.endProgress()
        if invocation.has("json") {
            try context.console.json(verdict.json)
        } else {
            try show(verdict, on: context.console)
        }
        return verdict.isSound ? .done : .failed
    }

    private static func file(
        _ invocation: Invocation, in context: CommandContext
    ) throws -> StoreFile {
        guard let path = invocation.argument(0) else {
            return try StoreLocation.find(invocation, in: context)
        }
        guard !invocation.has("db"), !invocation.has("config") else {
            throw UsageError(
                "FILE and --db or --config both name a store; give one",
                command: invocation.command)
        }
        return StoreFile(path: path)
    }

    private static func show(_ strays: LaneStrays, on console: Console) throws {
        let words =
            strays.count == 0
            ? "in order"
            : "\(Words.count(Int64(strays.count))) NOT IN THE LANE OF THEIR EVENT, and so never "
                + "sent: 'discard' and 'replay' them by --id"
        try console.line(DisplayText.padded("lanes", to: 12) + words)
        for id in strays.named { try console.line("  \(id)") }
    }

    private static func show(_ verdict: StoreVerdict, on console: Console) throws {
        func fact(_ name: String, _ value: String) throws {
            try console.line(DisplayText.padded(name, to: 12) + DisplayText.harmless(value))
        }
        try fact("size", Words.bytes(Int(verdict.bytes)))
        let pending =
            verdict.pending.isEmpty
            ? "" : ", pending: \(verdict.pending.joined(separator: ", ")) ('serve' applies them)"
        try fact("schema", "\(verdict.schema)\(pending)")
        try fact("pages", verdict.damages.isEmpty ? "in order" : "DAMAGED")
        for damage in verdict.damages { try console.line("  " + DisplayText.harmless(damage)) }
        try fact("events", Words.count(verdict.events))
        if let strays = verdict.strays { try show(strays, on: console) }
        if let audit = verdict.audit {
            try console.line()
            try AuditPage(report: audit, console: console).showEquation()
        }
        try console.line()
        try console.line(
            verdict.isSound
                ? console.styled("sound", .green) : console.styled("NOT SOUND", .red))
    }
}
