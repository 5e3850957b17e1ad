import RelayCore
import RelayRuntime
import RelayStore

/// Makes a store from a copy.
enum RestoreCommand: Command {
    static let description = CommandDescription(
        name: "restore", summary: "makes a store from a backup; overwrites nothing",
        arguments: [.init("FILE", hint: .file)], options: OptionDescription.store,
        details: [
            "Copies FILE to where --config or --db points. A store that is there is never "
                + "overwritten: move it away first, it may hold what the copy does not. A "
                + "directory whose relay runs is refused.",
            "What the copy holds as waiting is delivered once the relay starts, with the ids it "
                + "had; what the first relay delivered since the copy is delivered again, and "
                + "destinations tell it by its id. New events get ids of a new lineage. Run it as "
                + "the user that the relay runs as.",
        ],
        examples: [
            .init(
                "holdfast restore holdfast-2026-11-20.db --config holdfast.json5", "after a loss"),
            .init("holdfast restore copy.db --db trial/holdfast.db", "somewhere else, to look"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let copy = StoreFile(path: invocation.argument(0) ?? "")
        let file = try StoreLocation.find(invocation, in: context)
        guard copy.path != file.path else {
            throw UsageError(
                "FILE is the store itself; name the backup", command: invocation.command)
        }
        let isInterrupted = context.seat.watchForInterrupt()
        var copying = CopyLine(verb: "restore", context: context)
        let holder = "holdfast restore, pid \(ProcessFacts.identifier)"
        let interruption = CommandFailure("interrupted; nothing was restored")
        try copying.run(isInterrupted, interruption) { progress throws(StoreError) in
            try file.restore(from: copy, holder: holder, now: context.now, progress: progress)
        }
        context.console.message(
            "\(DisplayText.harmless(file.path)) is restored; "
                + "'holdfast verify --db \(DisplayText.harmless(file.path))' checks it")
        return .done
    }
}
