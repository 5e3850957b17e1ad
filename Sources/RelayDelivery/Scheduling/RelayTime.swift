import RelayCore

/// Wall time that never goes back while the process lives. When the clock is set back, due times
/// written before would lie that much further away; so from then on time goes on from where it
/// was, at the pace of the monotonic clock, until the wall clock has caught up.
struct RelayTime {
    private let clock: any Clock
    private var latest: Timestamp
    private var latestNs: UInt64

    init(clock: any Clock) {
        self.clock = clock
        latest = clock.now
        latestNs = clock.monotonicNanoseconds
    }

    mutating func now() -> Timestamp {
        let nowNs = clock.monotonicNanoseconds
        let elapsedMs = Int64((nowNs - min(latestNs, nowNs)) / 1_000_000)
        let now = max(clock.now, latest.adding(ms: elapsedMs))
        // Kept in whole milliseconds, so that many short steps do not lose their fractions.
        if elapsedMs > 0 || now > latest {
            latest = now
            latestNs = nowNs
        }
        return now
    }
}
