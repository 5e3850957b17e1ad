import RelayCore

/// How long one question may read.
struct TimeLimit: Sendable {
    private let clock: any Clock
    private let startNs: UInt64

    init(clock: any Clock) {
        self.clock = clock
        startNs = clock.monotonicNanoseconds
    }

    private var passedMs: Int64 { Int64((clock.monotonicNanoseconds - startNs) / 1_000_000) }

    /// What runs is ended and the question fails.
    var hasPassed: Bool { passedMs >= Limits.adminReadMs }
    /// What has been found so far is the answer.
    var isNear: Bool { passedMs >= Limits.adminReadMs / 2 }
}
