import RelayCore
import RelayStore

/// Copies a store while it is in use.
enum BackupCommand: Command {
    static let description = CommandDescription(
        name: "backup", summary: "copies the store into a new file while the relay runs",
        arguments: [.init("FILE", hint: .file)], options: OptionDescription.store,
        details: [
            "The copy is the store at one moment, one file that all reading commands take with "
                + "--db. It appears under its name when it is whole and on stable storage, and is "
                + "readable by its owner only, because bodies are personal data. Nothing is "
                + "overwritten."
        ],
        examples: [
            .init("holdfast backup holdfast-2026-11-20.db --config holdfast.json5", "by day"),
            .init("holdfast verify holdfast-2026-11-20.db", "then look whether it is good"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let target = invocation.argument(0) ?? ""
        let file = try StoreLocation.find(invocation, in: context)
        guard target != "-" else {
            throw UsageError("FILE must be a path", command: invocation.command)
        }
        let isInterrupted = context.seat.watchForInterrupt()
        var copying = CopyLine(verb: "backup", context: context)
        let interruption = CommandFailure("interrupted; nothing is left of the copy")
        try copying.run(isInterrupted, interruption) { progress throws(StoreError) in
            try file.backup(to: target, now: context.now, progress: progress)
        }
        context.console.message(
            "\(DisplayText.harmless(target)) is written (\(Words.bytes(copying.bytes))); "
                + "'holdfast verify' checks it")
        return .done
    }
}
