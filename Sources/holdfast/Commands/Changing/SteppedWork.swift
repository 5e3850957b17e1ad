import RelayCore

/// A long change in small transactions: beside a running relay it leaves room between them, it can
/// be paced, it shows how far it is, and Ctrl-C ends it between two of them.
struct SteppedWork {
    let context: CommandContext
    let verb: String
    /// Nil: as fast as the store allows while leaving half of the time to others.
    var ratePerSecond: Int?
    let isInterrupted: () -> Bool
    /// After so many steps the log is tidied.
    private static let stepsPerTidying = 20
    private static let sliceMs = 100

    /// - Returns: items that were worked on; fewer than all after Ctrl-C.
    func run<Item>(
        _ items: [Item], stepCount: Int, tidy: () -> Void,
        step: (ArraySlice<Item>) throws -> Void
    ) throws -> Int {
        let start = context.clock.monotonicNanoseconds
        var bar = ProgressBar(verb: verb, total: items.count, startedNs: start)
        let size = ratePerSecond.map { max(1, min(stepCount, $0 / 5)) } ?? stepCount
        var done = 0
        var steps = 0
        defer { context.console.endProgress() }
        while done < items.count, !isInterrupted() {
            let began = context.clock.monotonicNanoseconds
            let slice = items[done..<min(done + size, items.count)]
            try step(slice)
            done += slice.count
            steps += 1
            if steps % Self.stepsPerTidying == 0 { tidy() }
            let now = context.clock.monotonicNanoseconds
            if let text = bar.text(done: done, nowNs: now) { context.console.progress(text) }
            if done < items.count {
                wait(untilDone: done, since: start, stepTook: now &- began, now: now)
            }
        }
        return done
    }

    private func wait(untilDone done: Int, since start: UInt64, stepTook: UInt64, now: UInt64) {
        var waitMs: Int
        if let ratePerSecond {
            let dueMs = Int64(done) * 1000 / Int64(ratePerSecond)
            waitMs = Int(max(0, dueMs - Int64((now &- start) / 1_000_000)))
        } else {
            waitMs = Int(min(50, max(1, stepTook / 1_000_000)))
        }
        while waitMs > 0, !isInterrupted() {
            context.seat.pause(min(waitMs, Self.sliceMs))
            waitMs -= Self.sliceMs
        }
    }
}
