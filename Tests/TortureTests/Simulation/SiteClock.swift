import RelayCore
import RelayTesting

/// A destination's own clock, which nobody sets.
// Sendable: read by the thread that drives the stage alone.
struct SiteClock: Clock, @unchecked Sendable {
    private let stage: Stage

    init(_ stage: Stage) {
        self.stage = stage
    }

    var now: Timestamp { ManualClock.start.adding(ms: stage.elapsedMs) }
    var monotonicNanoseconds: UInt64 { stage.monotonicNanoseconds }
}
