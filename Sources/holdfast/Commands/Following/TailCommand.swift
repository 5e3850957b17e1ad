import Dispatch
import RelayCore
import RelayStore

/// Follows arrivals and outcomes.
enum TailCommand: Command {
    static let description = CommandDescription(
        name: "tail", summary: "follows arrivals and outcomes live, until Ctrl-C",
        options: OptionDescription.filters.filter { !["limit", "all", "id"].contains($0.name) }
            + [.json] + OptionDescription.store,
        details: [
            "A line for each delivery that arrives and for each change of one that waits. Under a "
                + "flood the newest are shown, and of the waiting the newest \(watched) are "
                + "followed; 'list' has them all."
        ],
        examples: [
            .init("holdfast tail --db sandbox/holdfast.db", "everything"),
            .init("holdfast tail --state dead --json", "what fails from now on, for a program"),
        ])

    private static var watched: String { Words.count(Int64(TailFollower.watchedLimit)) }
    private static let stepMs = 500

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let options = try context.filters(invocation)
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        var follower = try TailFollower(options.filter, reader: reader, now: context.now)
        let clockTick = DispatchSemaphore(value: 0)
        var lines = TailLines(console: context.console, isJSON: invocation.has("json"))
        while true {
            let records = try follower.step(reader, now: context.now)
            try lines.show(records, now: context.now)
            if follower.isBehind { context.console.message("... and more than can be shown") }
            try context.console.flush()
            _ = clockTick.wait(timeout: .now() + .milliseconds(stepMs))
        }
    }
}
