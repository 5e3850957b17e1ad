import RelayCore
import RelayStore

/// Sends final deliveries again.
enum ReplayCommand: Command {
    static let description = CommandDescription(
        name: "replay", summary: "sends dead (or, when asked, delivered) events again",
        options: OptionDescription.choice
            + [
                OptionDescription("dry-run", "shows what would be sent and changes nothing"),
                OptionDescription(
                    "patch", value: "FILE",
                    "changes the body that is sent (RFC 6902); the stored one stays", hint: .file),
                OptionDescription(
                    "rate", value: "N", "puts at most N a second back into the queue"),
                .yes,
                OptionDescription("list", "lists the replays so far instead"),
                OptionDescription(
                    "show", value: "N", "shows replay N and what became of it instead"),
                .json,
            ] + OptionDescription.store,
        details: [
            "Chooses dead deliveries, or those in the states given with --state (dead, expired, "
                + "discarded, delivered), shows how many with a sample, and asks. What is chosen "
                + "goes back into the queue, oldest first, and the relay sends it as soon as the "
                + "destination takes it. Events keep their ids, so a destination can tell a "
                + "repeat; attempts count on and their history stays.",
            "Ctrl-C stops between two steps: what was moved is moved, the rest is untouched, and "
                + "the same command within a day goes on where it stopped. No delivery is sent "
                + "twice by one replay.",
            "Erased events and bodies that are not JSON cannot be sent and are left alone.",
        ],
        examples: [
            .init("holdfast replay --state dead --since 24h --dry-run", "look first"),
            .init("holdfast replay --error rejected --destination platform", "asks, then sends"),
            .init(
                "holdfast replay --status 400 --patch mend.json --rate 50 --yes",
                "mended, 50 a second"),
            .init(
                "holdfast list --state dead --json | jq -r .id | holdfast replay --id - --yes",
                "chosen by another program"),
            .init("holdfast replay --list", "who sent what again, and when"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        if invocation.has("list") || invocation.has("show") {
            return try ReplayListing.run(invocation, in: context)
        }
        let options = try options(invocation, in: context)
        let rate = try OptionReader(invocation: invocation, now: context.now)
            .number("rate", in: 1...1_000_000)
        let order = try order(invocation, options, in: context)
        let file = try StoreLocation.find(invocation, in: context)
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        let interrupted = try reader.interruptedReplay(
            like: order, since: context.now.adding(ms: -resumeWithinMs))
        var unsendable = 0
        let choice = try Choice(options, reader: reader, context: context) { record, delivery in
            unsendable += record.isSendable ? 0 : 1
            guard record.isSendable, let interrupted else { return record.isSendable }
            return try !reader.wasReplayed(delivery, by: interrupted.id)
        }
        guard !choice.isEmpty else {
            return try nothingLeft(interrupted, unsendable, invocation, file, context)
        }
        let preview = try ReplayPreview(
            choice: choice, unsendable: unsendable, order: order, reader: reader, context)
        if invocation.has("dry-run") {
            try preview.print(isJSON: invocation.has("json"), resumes: interrupted)
            return .done
        }
        preview.explain(resumes: interrupted)
        guard
            try Question.ask(
                "Send \(Words.deliveries(choice.count)) again?", invocation, in: context)
        else { return .failed }
        return try ReplayRun(
            file: file, order: order, rate: rate, context: context,
            isInterrupted: context.seat.watchForInterrupt()
        ).run(choice, resuming: interrupted?.id, isJSON: invocation.has("json"))
    }

    /// An interrupted replay is gone on with when it is not older than this.
    private static let resumeWithinMs: Int64 = 86_400_000

    private static func options(
        _ invocation: Invocation, in context: CommandContext
    ) throws -> FilterOptions {
        var options = try context.choice(invocation)
        if let state = options.filter.states.first(where: { !$0.isFinal }) {
            throw UsageError(
                "what is \(state.rawValue) is sent by itself; replay takes dead, expired, "
                    + "discarded and delivered", command: invocation.command)
        }
        if options.filter.states.isEmpty { options.filter.states = [.dead] }
        return options
    }

    private static func order(
        _ invocation: Invocation, _ options: FilterOptions, in context: CommandContext
    ) throws -> ReplayOrder {
        let asked = FilterWords.of(invocation, ids: options.filter.ids)
        guard let path = invocation.value("patch") else {
            return ReplayOrder(who: context.seat.who, asked: asked)
        }
        let shown = DisplayText.harmless(path)
        switch context.environment.file(path) {
        case .failure(let reason):
            throw CommandFailure("--patch \(shown): cannot be read: \(reason)", .usage)
        case .success(let text):
            do throws(JSONPatch.Failure) {
                return ReplayOrder(
                    who: context.seat.who, asked: asked, patch: try JSONPatch(text),
                    patchText: text)
            } catch {
                throw CommandFailure(
                    "--patch \(shown): " + DisplayText.harmless("\(error)"), .usage)
            }
        }
    }

    /// An interrupted replay of which nothing is left has come to its end.
    private static func nothingLeft(
        _ interrupted: ReplayRecord?, _ unsendable: Int, _ invocation: Invocation,
        _ file: StoreFile, _ context: CommandContext
    ) throws -> ExitCode {
        if let interrupted, !invocation.has("dry-run") {
            let changer = try StoreLocation.openChanger(file, in: context)
            defer { changer.close() }
            try changer.endReplay(interrupted.id, now: context.now)
            context.console.message("nothing is left of replay \(interrupted.id)")
            return .nothingMatched
        }
        if unsendable > 0 { context.console.message(ReplayPreview.unsendableLine(unsendable)) }
        context.console.message(unsendable > 0 ? "nothing can be sent again" : "nothing matched")
        return .nothingMatched
    }
}
