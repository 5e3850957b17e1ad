import RelayTesting

/// One thing that happens in a simulation. It names what it concerns by number, whatever that is by
/// then, so that a schedule still means something after others have been taken out of it.
struct Happening: Sendable, Equatable {
    /// Events from senders, spread over a while.
    struct Traffic: Sendable, Equatable {
        let seed: UInt64
        /// Of the first event; the others follow, so that a number is an event for good.
        let first: Int
        let count: Int
        let overMs: Int
    }

    enum Kind: Sendable, Equatable {
        case traffic(Traffic)
        /// More from one hook than a scheduler keeps in memory.
        case flood(hook: Int, Traffic)
        case weather(site: Int, Weather, forMs: Int)
        case revokedTokens
        /// The power goes: now, or in the middle of a later change of the disk.
        case cut(afterChanges: Int?, downMs: Int)
        case kill(downMs: Int)
        /// SIGTERM, and started again.
        case restart(downMs: Int)
        case fullDisk(forMs: Int)
        case failingDisk(FaultyFileSystem.Operation, skipping: Int)
        /// Somebody sets the wall clock.
        case jump(ms: Int64)
        case hold(site: Int, forMs: Int64?)
        case release(site: Int)
        case replay(picks: [Int])
        case discard(picks: [Int])
        /// Of those that were acknowledged, everything that is known of some.
        case erase(picks: [Int])
        case backup
        /// SIGHUP.
        case reconfigure(variant: Int)
    }

    let atMs: Int64
    let kind: Kind
}
