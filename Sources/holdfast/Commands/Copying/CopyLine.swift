import RelayCore
import RelayStore

/// The progress of a copy.
struct CopyLine {
    private static let pageBytes = 8192

    private let verb: String
    private let context: CommandContext
    private var bar: ProgressBar?
    private(set) var bytes = 0

    init(verb: String, context: CommandContext) {
        self.verb = verb
        self.context = context
    }

    /// Answers true: go on.
    mutating func show(_ progress: CopyProgress) -> Bool {
        let now = context.clock.monotonicNanoseconds
        bytes = progress.totalPages * Self.pageBytes
        var bar =
            self.bar
            ?? ProgressBar(verb: verb + " (pages)", total: progress.totalPages, startedNs: now)
        if let text = bar.text(done: progress.donePages, nowNs: now) {
            context.console.progress(text)
        }
        self.bar = bar
        if progress.donePages == progress.totalPages { context.console.endProgress() }
        return true
    }
}
