import RelayCore

/// The line of progress of a search, which may take long and find little: not shown at all when
/// the search is over in a moment, and then a few times a second.
final class LookLine {
    private let context: CommandContext
    private var shownNs: UInt64

    private static let everyNs: UInt64 = 200_000_000

    init(_ context: CommandContext) {
        self.context = context
        shownNs = context.clock.monotonicNanoseconds
    }

    func show(_ text: @autoclosure () -> String) {
        let now = context.clock.monotonicNanoseconds
        guard now &- shownNs >= Self.everyNs else { return }
        shownNs = now
        context.console.progress(text())
    }

    func show(backTo time: Timestamp, found: Int) {
        show("looking: back to \(time), \(Words.count(Int64(found))) found")
    }

    func end() { context.console.endProgress() }
}
