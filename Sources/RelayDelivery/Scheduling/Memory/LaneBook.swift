/// Which lanes of a destination are under way, and which have deliveries that were passed over
/// because of that. A passed-over delivery stays in the store; when its lane is free again the
/// next one is asked for.
struct LaneBook {
    /// Beyond it single lanes are no longer told apart: then every lane that ends is asked for.
    private static let passedOverLimit = 65_536

    private var busy: Set<Int64> = []
    private var passedOver: Set<Int64> = []
    private var isOverflowing = false

    func isBusy(_ lane: Int64) -> Bool { busy.contains(lane) }

    mutating func begin(_ lane: Int64) { busy.insert(lane) }

    mutating func passOver(_ lane: Int64) {
        guard passedOver.count < LaneBook.passedOverLimit else {
            isOverflowing = true
            return
        }
        passedOver.insert(lane)
    }

    /// The lane is free. Returns whether somebody may be waiting behind it.
    mutating func end(_ lane: Int64) -> Bool {
        busy.remove(lane)
        return isOverflowing || passedOver.contains(lane)
    }

    /// Nobody is waiting in the lane any more.
    mutating func forget(_ lane: Int64) { passedOver.remove(lane) }

    /// More lanes wait than are asked for one by one.
    func hasMoreWaiting(than limit: Int) -> Bool { isOverflowing || passedOver.count > limit }

    /// Lanes to ask for after somebody else has changed the store.
    var idleWithWaiting: [Int64] { passedOver.filter { !busy.contains($0) }.sorted() }
}
