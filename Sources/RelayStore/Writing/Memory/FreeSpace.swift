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
    private let clock: any Clock
    private var askedAt: UInt64?
    private var isLow = false

    init(directory: String, reserveBytes: Int64, clock: any Clock) {
        self.directory = directory
        self.reserveBytes = reserveBytes
        self.clock = clock
    }

    var isBelowReserve: Bool {
        let now = clock.monotonicNanoseconds
        if let askedAt, now - askedAt < FreeSpace.freshNanoseconds { return isLow }
        askedAt = now
        isLow = (Volume.freeBytes(at: directory) ?? .max) < reserveBytes
        return isLow
    }

    /// The file system said "full" in spite of what it said before (quota, another writer).
    func noteFull() {
        askedAt = clock.monotonicNanoseconds
        isLow = true
    }
}
