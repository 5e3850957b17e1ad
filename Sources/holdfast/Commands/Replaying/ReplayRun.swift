import RelayCore
import RelayStore

/// The replay itself: small steps, each of them written down with what it moved.
struct ReplayRun {
    let file: StoreFile
    let order: ReplayOrder
    let rate: Int?
    let context: CommandContext
    let isInterrupted: () -> Bool

    func run(_ choice: Choice, resuming interrupted: Int64?, isJSON: Bool) throws -> ExitCode {
        let changer = try StoreLocation.openChanger(file, in: context)
        defer { changer.close() }
        let id = try changer.beginReplay(
            order, chosen: choice.count, resuming: interrupted, now: context.now)
        var total = ReplayStep()
        let work = SteppedWork(
            context: context, verb: "replay \(id)", ratePerSecond: rate,
            isInterrupted: isInterrupted)
        let done = try work.run(
            choice.deliveries, stepCount: StepLimits.rows, tidy: changer.tidyLog
        ) { slice in
            total += try changer.replay(slice, id: id, patch: order.patch, now: context.now)
        }
        if done == choice.count { try changer.endReplay(id, now: context.now) }
        try report(id, total, done: done, of: choice.count, isJSON: isJSON)
        return done < choice.count || !total.misfits.isEmpty || total.moved == 0 ? .failed : .done
    }

    private func report(
        _ id: Int64, _ total: ReplayStep, done: Int, of count: Int, isJSON: Bool
    ) throws {
        let console = context.console
        if isJSON {
            let reader = try StoreReader(file: file)
            defer { reader.close() }
            if let record = try reader.replay(id) { try console.json(record.json) }
        }
        console.message(
            "replay \(id): \(Words.deliveries(total.moved)) back in the queue; "
                + "'holdfast replay --show \(id)' says what became of them")
        if total.changedMeanwhile > 0 {
            console.message(
                "\(Words.deliveries(total.changedMeanwhile)) changed meanwhile and left alone")
        }
        if total.unsendable > 0 {
            console.message(
                "\(Words.deliveries(total.unsendable)) left alone: erased, or no JSON")
        }
        if let first = total.misfits.first {
            console.message(
                "\(Words.deliveries(total.misfits.count)) left alone because the patch does not "
                    + "fit, such as \(first.id): " + DisplayText.harmless(first.reason))
        }
        if done < count {
            console.message(
                "interrupted: \(Words.deliveries(count - done)) untouched; the same command "
                    + "goes on with them")
        }
    }
}
