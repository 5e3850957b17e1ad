import RelayCore
import SQLite

/// Keeps a reserve of free disk, so that what is stored can still be finished and recorded when
/// the disk fills up: below it new events are refused, and accepted again once space is back.
/// Confined to the writer's queue.
final class FreeSpace {
    /// How old an answer of the file system may be, ns: at full speed some 10 MB are written
    /// in that time, a fiftieth of the default reserve.
    static let freshNanoseconds: UInt64 = 100_000_000

    private let directory: String
    private let reserveBytes: Int64
    private let ballast: Ballast?
    private let clock: any Clock
    private var askedAt: UInt64?
    private var isLow = false

    init(directory: String, reserveBytes: Int64, ballast: Ballast?, clock: any Clock) {
        self.directory = directory
        self.reserveBytes = reserveBytes
        self.ballast = ballast
        self.clock = clock
    }

    var isBelowReserve: Bool {
        let now = clock.monotonicNanoseconds
        if let askedAt, now - askedAt < FreeSpace.freshNanoseconds { return isLow }
        askedAt = now
        // What the ballast has freed is not for new events: first it is made again.
        isLow =
            ballast.map { !$0.restore(reserveBytes: reserveBytes) } ?? false
            || (Volume.freeBytes(at: directory) ?? .max) < reserveBytes
        return isLow
    }

    /// False when there was nothing to give. Until it is made again there is no room for events.
    func giveUpBallast() -> Bool {
        guard let ballast, ballast.giveUp() else { return false }
        noteFull()
        return true
    }

    /// The file system said "full" in spite of what it said before (quota, another writer).
    func noteFull() {
        askedAt = clock.monotonicNanoseconds
        isLow = true
    }
}
