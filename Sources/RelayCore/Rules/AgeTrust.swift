/// Whether the wall clock is to be believed when it says that something has grown too old.
///
/// A clock that is wrong at boot, or jumps ahead while the relay runs, makes everything that waits
/// or is kept old at once, and what is expired is not tried again. So an age counts only after the
/// clock has gone at the pace of the monotonic one for a while: long enough for time
/// synchronisation to set it right.
package struct AgeTrust {
    /// How long after the start, or after a jump ahead, no event ends by its age, ms. Time daemons
    /// set a wrong clock within minutes of having a network.
    static let settlingMs: Int64 = 3_600_000
    /// A smaller step is time synchronisation at work.
    static let jumpMs: Int64 = 60_000

    /// Nil: it is believed until it jumps.
    private var settlingSinceNs: UInt64?
    private var last: (wall: Timestamp, ns: UInt64)

    package init(clock: any Clock, isBelieved: Bool = false) {
        last = (clock.now, clock.monotonicNanoseconds)
        settlingSinceNs = isBelieved ? nil : last.ns
    }

    /// Looked at with each tick.
    /// - Returns: by how much the clock has jumped ahead, if it has.
    package mutating func look(at clock: any Clock) -> Int64? {
        let (wall, ns) = (clock.now, clock.monotonicNanoseconds)
        let elapsedMs = Int64((ns - min(last.ns, ns)) / 1_000_000)
        let jumpedMs = wall.millisecondsSince(last.wall) - elapsedMs
        last = (wall, ns)
        guard jumpedMs > AgeTrust.jumpMs else { return nil }
        settlingSinceNs = ns
        return jumpedMs
    }

    /// - Parameter lifeMs: what may live no longer than this has no more to lose, and the clock has
    ///   to prove itself no longer than that.
    package func isSettled(lifeMs: Int64, nowNs: UInt64) -> Bool {
        guard let settlingSinceNs else { return true }
        let elapsedMs = Int64((nowNs - min(settlingSinceNs, nowNs)) / 1_000_000)
        return elapsedMs >= min(AgeTrust.settlingMs, lifeMs)
    }

    package func isSettled(_ policy: RetryPolicy, nowNs: UInt64) -> Bool {
        isSettled(lifeMs: policy.maxAgeMs, nowNs: nowNs)
    }
}
