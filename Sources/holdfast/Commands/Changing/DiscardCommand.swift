import RelayCore
import RelayStore

/// Gives up on deliveries on purpose.
enum DiscardCommand: Command {
    static let description = CommandDescription(
        name: "discard", summary: "gives up on queued, held or dead events on purpose",
        options: OptionDescription.choice
            + [
                OptionDescription(
                    "reason", value: "TEXT", "is kept with each of them", empty: true),
                OptionDescription("dry-run", "shows what would be discarded, changes nothing"),
                .yes,
            ] + OptionDescription.store,
        details: [
            "Chooses what is queued, held, in flight, dead or expired, shows how many with a "
                + "sample, and asks. Discarded deliveries keep their event, attempts and reason, "
                + "count in 'audit', and can be replayed.",
            "What ends while this runs is left as it ended. What is in flight may still arrive.",
        ],
        examples: [
            .init("holdfast discard --destination copy --state queued", "empties one queue"),
            .init(
                "holdfast discard --state dead --older-than 30d --reason stale --yes",
                "old dead letters"),
        ])

    private static let states: Set<DeliveryState> = [.queued, .held, .inflight, .dead, .expired]

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let options = try options(invocation, in: context)
        let file = try StoreLocation.find(invocation, in: context)
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        let choice = try Choice(
            options, reader: reader, context: context)
        let console = context.console
        guard !choice.isEmpty else {
            console.message("nothing matched")
            return .nothingMatched
        }
        if invocation.has("dry-run") {
            try console.line(choice.words)
            try console.lines(
                choice.sampleLines(context, columns: console.columns, colour: console.usesColour))
            console.message("nothing was changed (--dry-run)")
            return .done
        }
        console.message(choice.words)
        if console.isInteractive {
            for line in choice.sampleLines(
                context, columns: console.progressColumns, colour: false)
            {
                console.message(line)
            }
        }
        guard
            try Question.ask("Discard \(Words.deliveries(choice.count))?", invocation, in: context)
        else { return .failed }
        return try discard(choice, invocation, file, context)
    }

    private static func options(
        _ invocation: Invocation, in context: CommandContext
    ) throws -> FilterOptions {
        var options = try context.choice(invocation)
        if let state = options.filter.states.subtracting(states).first {
            throw UsageError(
                "what is \(state.rawValue) cannot be discarded; it is over",
                command: invocation.command)
        }
        if options.filter.states.isEmpty { options.filter.states = states }
        return options
    }

    private static func discard(
        _ choice: Choice, _ invocation: Invocation, _ file: StoreFile, _ context: CommandContext
    ) throws -> ExitCode {
        let changer = try StoreLocation.openChanger(file, in: context)
        defer { changer.close() }
        let words = invocation.value("reason").map { ": \($0)" } ?? ""
        let reason = "discarded by \(context.seat.who)\(words)"
        var total = DiscardStep()
        let work = SteppedWork(
            context: context, verb: "discard",
            isInterrupted: context.seat.watchForInterrupt())
        let done = try work.run(
            choice.deliveries, stepCount: StepLimits.rows, tidy: changer.tidyLog
        ) { slice in
            total += try changer.discard(slice, reason: reason, now: context.now)
        }
        let console = context.console
        console.message("\(Words.deliveries(total.discarded)) discarded")
        if total.changedMeanwhile > 0 {
            console.message(
                "\(Words.deliveries(total.changedMeanwhile)) finished or tried meanwhile and "
                    + "left alone; 'holdfast list' shows where they stand")
        }
        if done < choice.count {
            console.message(
                "interrupted: \(Words.deliveries(choice.count - done)) untouched; the same "
                    + "command goes on with them")
            return .failed
        }
        return total.discarded == 0 ? .failed : .done
    }
}
