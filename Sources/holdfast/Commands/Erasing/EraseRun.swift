import RelayCore
import RelayStore

/// The erasure itself, and its receipt.
struct EraseRun {
    private static let eventsPerStep = 50
    /// With the pause between them: half a minute.
    private static let logTries = 300
    private static let logPauseMs = 100

    let file: StoreFile
    let choice: ErasureChoice
    let text: ErasedText
    let context: CommandContext
    let isInterrupted: () -> Bool

    func run(isJSON: Bool, rebuilds: Bool) throws -> ExitCode {
        let changer = try StoreLocation.openChanger(file, in: context)
        defer { changer.close() }
        try changer.beginErasure()
        var receipt = ErasureReceipt()
        let work = SteppedWork(context: context, verb: "erase", isInterrupted: isInterrupted)
        let done = try work.run(
            choice.sequences, stepCount: Self.eventsPerStep, tidy: changer.tidyLog
        ) { slice in
            receipt += try changer.erase(slice, who: context.seat.who, now: context.now)
        }
        receipt += try changer.eraseText(text, who: context.seat.who, now: context.now)
        if rebuilds { try changer.rebuild() }
        try clear(changer, &receipt)
        let left = text.isEmpty ? nil : try ResidueSearch.count(text, in: file, context)
        let wasInterrupted = done < choice.sequences.count
        let isClean = receipt.isLogCleared && (left ?? 0) == 0 && !wasInterrupted
        try show(receipt, left: left, isClean: isClean, isJSON: isJSON)
        advise(receipt, left: left, untouched: choice.sequences.count - done)
        if isClean, receipt.isEmpty {
            context.console.message("nothing matched")
            return .nothingMatched
        }
        return isClean ? .done : .failed
    }

    /// What was freed goes back to the file system, and the log, which still holds the pages as
    /// they were, is moved and cut.
    private func clear(_ changer: StoreChanger, _ receipt: inout ErasureReceipt) throws {
        var before = Int.max
        var left = try changer.giveBackFreePages()
        while left > 0, left < before, !isInterrupted() {
            before = left
            context.console.progress("clearing free pages: \(Words.count(Int64(left))) left")
            context.seat.pause(5)
            left = try changer.giveBackFreePages()
        }
        for _ in 0..<Self.logTries where !receipt.isLogCleared {
            receipt.isLogCleared = try changer.clearLog()
            if receipt.isLogCleared { break }
            context.console.progress("waiting for a reader of the log to finish")
            context.seat.pause(Self.logPauseMs)
        }
        context.console.endProgress()
    }

    private func show(
        _ receipt: ErasureReceipt, left: Int?, isClean: Bool, isJSON: Bool
    ) throws {
        let console = context.console
        guard isJSON else {
            try console.line("erased at       \(context.now)")
            try console.line("by              \(context.seat.who)")
            try console.line("database        \(DisplayText.harmless(file.path))")
            try console.line("events          \(Words.count(Int64(receipt.events)))")
            try console.line("bytes of bodies \(Words.count(Int64(receipt.bodyBytes)))")
            try console.line("discarded       \(Words.deliveries(receipt.discarded))")
            try console.line("messages        \(Words.count(Int64(receipt.messages)))")
            try console.line("replays         \(Words.count(Int64(receipt.replays)))")
            try console.line("log and pages   \(receipt.isLogCleared ? "cleared" : "NOT cleared")")
            if let left { try console.line("found in file   \(Words.count(Int64(left))) times") }
            return
        }
        var object = JSONObject()
        object.append("erasedAt", context.now)
        object.append("operator", context.seat.who)
        object.append("database", file.path)
        object.append("events", .integer(receipt.events))
        object.append("bytes", .integer(receipt.bodyBytes))
        object.append("discarded", .integer(receipt.discarded))
        object.append("messages", .integer(receipt.messages))
        object.append("replays", .integer(receipt.replays))
        object.append("logCleared", .bool(receipt.isLogCleared))
        object.append("foundInFile", left)
        object.append("complete", .bool(isClean))
        try console.json(object)
    }

    private func advise(_ receipt: ErasureReceipt, left: Int?, untouched: Int) {
        let console = context.console
        if untouched > 0 {
            console.message(
                "interrupted: \(Words.events(untouched)) untouched; run the same command again")
        }
        if !receipt.isLogCleared {
            console.message(
                "the log is still in use by a long reader and holds old pages; run the same "
                    + "command again in a minute")
        }
        if let left, left > 0 {
            let sample = choice.quotingSample?.description ?? ""
            console.message(
                choice.quoting > 0
                    ? "the value still stands in \(Words.events(choice.quoting)) that this filter "
                        + "does not name, such as \(sample); '--everywhere' takes them, too"
                    : "the value still stands in the file: in events outside the time of this "
                        + "filter, or in the unused part of a page, which '--vacuum' clears")
        }
    }
}
