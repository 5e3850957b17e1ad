import RelayCore

/// When a request left: by the wall clock for the record, and by the clock that nobody sets for how
/// long it took.
struct Departure: Sendable {
    let at: Timestamp
    private let monotonicNs: UInt64

    init(_ clock: any Clock) {
        at = clock.now
        monotonicNs = clock.monotonicNanoseconds
    }

    func durationMs(until clock: any Clock) -> Int64 {
        let nowNs = clock.monotonicNanoseconds
        return Int64((nowNs - min(monotonicNs, nowNs)) / 1_000_000)
    }
}
