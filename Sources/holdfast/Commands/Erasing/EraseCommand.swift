import RelayCore
import RelayStore

/// Takes personal data out of the store and keeps the account.
enum EraseCommand: Command {
    private static let filterNames = [
        "match", "contains", "source", "hook", "since", "until", "older-than", "id", "all",
    ]

    static let description = CommandDescription(
        name: "erase", summary: "removes bodies and personal data of matching events",
        options: OptionDescription.choice.filter { filterNames.contains($0.name) }
            + [
                OptionDescription("dry-run", "says what would be erased and changes nothing"),
                OptionDescription(
                    "vacuum", "writes the whole file anew; senders get 503 meanwhile"),
                .yes, .json,
            ] + OptionDescription.store,
        details: [
            "Reads every body once. Of each matching event, and of its repeats, it takes out "
                + "body, headers, query, address, lane and the sender's id; of its deliveries the "
                + "words of the destination. What still waits of it is discarded. Excerpts, "
                + "replays and holds that quote a --match value of 4 bytes or more lose it, too. "
                + "The rows stay for 'audit'.",
            "Then the free pages of the file and the log are cleared, and the file is searched "
                + "for the value. The receipt on standard output says all this and holds nothing "
                + "of what was erased. Requests under way cannot be called back, and copies made "
                + "with 'backup' are not touched.",
        ],
        examples: [
            .init("holdfast erase --match /visitor/email=ana@example.org --dry-run", "look first"),
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
        let choice = try reader.eventsToErase(options.filter) { scanned, found in
            console.progress(
                "looking: \(Words.events(scanned)) read, \(Words.count(Int64(found))) found")
            return true
        }
        console.endProgress()
        let words = EraseWords(choice)
        let text = ErasedText(options.filter)
        // Also without a matching event the value may be quoted somewhere.
        guard !choice.isEmpty || !text.needles.isEmpty else {
            console.message("nothing matched")
            return .nothingMatched
        }
        if invocation.has("dry-run") {
            try console.lines(words.lines)
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
