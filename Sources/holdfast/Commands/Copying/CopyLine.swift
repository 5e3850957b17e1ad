import RelayCore
import RelayStore

/// The progress of a copy.
struct CopyLine {
    private let verb: String
    private let context: CommandContext
    private var bar: ProgressBar?
    private(set) var bytes = 0

    init(verb: String, context: CommandContext) {
        self.verb = verb
        self.context = context
    }

    /// Runs a copy that asks after each step whether to go on.
    mutating func run(
        _ isInterrupted: @escaping () -> Bool, _ interruption: CommandFailure,
        _ copy: ((CopyProgress) -> Bool) throws(StoreError) -> Void
    ) throws {
        var failure: StoreError?
        do throws(StoreError) {
            try copy { progress in
                show(progress)
                return !isInterrupted()
            }
        } catch {
            failure = error
        }
        context.console.endProgress()
        guard let failure else { return }
        if isInterrupted() { throw interruption }
        throw failure
    }

    private mutating func show(_ progress: CopyProgress) {
        let now = context.clock.monotonicNanoseconds
        bytes = progress.totalPages * progress.pageBytes
        var bar =
            self.bar
            ?? ProgressBar(verb: verb + " (pages)", total: progress.totalPages, startedNs: now)
        if let text = bar.text(done: progress.donePages, nowNs: now) {
            context.console.progress(text)
        }
        self.bar = bar
    }
}
