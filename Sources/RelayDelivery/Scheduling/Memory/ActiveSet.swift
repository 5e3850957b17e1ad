import RelayCore
import RelayStore

/// Where a delivery in memory came from.
enum Lot: Int {
    /// Handed over by the writer right after its commit.
    case fresh
    /// Never tried, read from the store.
    case backlog
    /// Tried before, or sent again by an operator.
    case tried
}

/// The deliveries of one destination that are in memory: ready, under way, or waiting for their
/// record. What is read from the store may fill three quarters of the room and what was tried
/// before half of it, so that neither a backlog nor retries that hang keep out what has just come;
/// the last sixteenth is never read into. While some wait in the store, what has just come may fill
/// half of it and one more of each source, or bodies so large that few fill the room would keep
/// the older ones out for ever.
struct ActiveSet {
    private var lots: [Int64: Lot] = [:]
    private var counts = [0, 0, 0]
    private var bytes = [0, 0, 0]

    func contains(_ sequence: Int64) -> Bool { lots[sequence] != nil }

    var sequences: Set<Int64> { Set(lots.keys) }

    /// For what is read from the store.
    func hasRoom(for lot: Lot) -> Bool {
        let tried = Lot.tried.rawValue
        guard fills(0...tried, lessThan: 15), fills(Lot.backlog.rawValue...tried, lessThan: 12)
        else { return false }
        return lot == .backlog || fills(tried...tried, lessThan: 8)
    }

    /// How much of a lot may be read at once: what is read fills the room and no more.
    func room(for lot: Lot) -> (count: Int, bytes: Int) {
        guard hasRoom(for: lot) else { return (0, 0) }
        return (
            Limits.activeDeliveries - counts.reduce(0, +), Limits.activeBytes - bytes.reduce(0, +)
        )
    }

    /// For one of a lane that has become free, from wherever it comes.
    var isFull: Bool { !fills(0...Lot.tried.rawValue, lessThan: 16) }

    /// - Parameter older: while some wait in the store, what has just come leaves them half.
    func hasRoomForFresh(besideOlder older: Bool) -> Bool {
        let fresh = Lot.fresh.rawValue
        return fills(fresh...Lot.tried.rawValue, lessThan: 16)
            && (!older || fills(fresh...fresh, lessThan: 8))
    }

    /// - Parameter sixteenths: of the room.
    private func fills(_ some: ClosedRange<Int>, lessThan sixteenths: Int) -> Bool {
        counts[some].reduce(0, +) < Limits.activeDeliveries / 16 * sixteenths
            && bytes[some].reduce(0, +) < Limits.activeBytes / 16 * sixteenths
    }

    /// Returns false when it is here already.
    mutating func insert(_ claim: Claim, _ lot: Lot) -> Bool {
        let old = lots.updateValue(lot, forKey: claim.id.sequence)
        if let old {
            lots[claim.id.sequence] = old
            return false
        }
        counts[lot.rawValue] += 1
        bytes[lot.rawValue] += claim.body.count
        return true
    }

    mutating func remove(_ claim: Claim) {
        guard let lot = lots.removeValue(forKey: claim.id.sequence) else { return }
        counts[lot.rawValue] -= 1
        bytes[lot.rawValue] -= claim.body.count
    }
}
