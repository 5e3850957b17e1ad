import RelayCore
import RelayStore

/// Takes personal data out of the store and keeps the account.
enum EraseCommand: Command {
    private static let filterNames = [
        "match", "contains", "ignore-case", "source", "hook", "since", "until", "older-than", "id",
        "all",
    ]

    static let description = CommandDescription(
        name: "erase", summary: "removes bodies and personal data of matching events",
        options: OptionDescription.choice.filter { filterNames.contains($0.name) }
            + [
                OptionDescription(
                    "everywhere", "also events that quote the value in body, headers or query"),
                OptionDescription("dry-run", "says what would be erased and changes nothing"),
                OptionDescription(
                    "vacuum", "writes the whole file anew; senders get 503 meanwhile"),
                .yes, .json,
            ] + OptionDescription.store,
        details: [
            "Reads every body once. Of each matching event, and of its repeats, it takes out "
                + "body, headers, query, address, lane and the sender's id; of its deliveries the "
                + "words of the destination. What still waits of it is discarded. Excerpts, "
                + "replays and holds that quote the value of --match (without one: of --contains; "
                + "4 bytes or more) lose it, too. The rows stay for 'audit'.",
            "The value is found however JSON spells it, also in JSON inside a string. Events that "
                + "hold it at another place are counted, and taken with --everywhere. Case "
                + "counts, unless --ignore-case is given: addresses of mail are often spelled in "
                + "two ways.",
            "Then the free pages of the file and the log are cleared, and the file is searched "
                + "for the value. The receipt on standard output says all this and holds nothing "
                + "of what was erased. Requests under way cannot be called back, and copies made "
                + "with 'backup' are not touched.",
        ],
        examples: [
            .init("holdfast erase --match /visitor/email=ana@example.org --dry-run", "look first"),
            .init(
                "holdfast erase --contains ana@example.org --ignore-case --everywhere",
                "all of a person, headers and queries included"),
            .init(
                "holdfast erase --match /visitor/email=ana@example.org --yes --json",
                "for a file of receipts"),
            .init("holdfast erase --id 01KQ0ZP4Y8000000003GR6AHQT", "one event"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let options = try context.choice(invocation)
        let file = try StoreLocation.find(invocation, in: context)
        let reader = try StoreReader(file: file)
        defer { reader.close() }
        let console = context.console
        let text = ErasedText(options.filter)
        let everywhere = invocation.has("everywhere")
        guard !everywhere || !text.isEmpty else {
            throw UsageError(
                "--everywhere needs a --match or --contains of 4 bytes or more to look for",
                command: invocation.command)
        }
        let look = LookLine(context)
        let choice = try reader.eventsToErase(options.filter, everywhere: everywhere) {
            scanned, found in
            look.show("looking: \(Words.events(scanned)) read, \(Words.count(Int64(found))) found")
            return true
        }
        look.end()
        let words = EraseWords(choice)
        // Also without a matching event the value may be quoted somewhere.
        guard !choice.isEmpty || !text.isEmpty else {
            console.message("nothing matched")
            return .nothingMatched
        }
        if invocation.has("dry-run") {
            if invocation.has("json") {
                try console.json(choice.json)
            } else {
                try console.lines(words.lines)
            }
            console.message("nothing was changed (--dry-run)")
            return choice.isEmpty ? .nothingMatched : .done
        }
        for line in words.lines { console.message(line) }
        guard
            try Question.ask(
                choice.isEmpty
                    ? "Look for the value in messages and replays, and take it out for good?"
                    : "Erase \(Words.events(choice.sequences.count)) for good?",
                invocation, in: context)
        else { return .failed }
        let run = EraseRun(
            file: file, choice: choice, text: text, context: context,
            isInterrupted: context.seat.watchForInterrupt())
        return try run.run(isJSON: invocation.has("json"), rebuilds: invocation.has("vacuum"))
    }
}
