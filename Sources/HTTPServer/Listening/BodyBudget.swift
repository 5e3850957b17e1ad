import Synchronization

/// What the bodies that are still coming hold, of all connections of a server and whatever their
/// options. Counted piece by piece, as memory is really taken: to declare a length costs nothing.
///
/// One atomic exchange each time a body's memory grows and one subtraction when it ends, so two
/// for a body that comes in one piece. What is refused is never counted, not even for a moment.
final class BodyBudget: Sendable {
    private let held = Atomic(0)

    /// The last quarter is for bodies of no more than this: large ones alone shut nobody out who
    /// sends small events.
    static let smallBytes = 65_536

    var heldBytes: Int { held.load(ordering: .relaxed) }

    /// - Parameter bodyBytes: what the whole body holds with these.
    func take(_ bytes: Int, bodyBytes: Int, limitBytes: Int) -> Bool {
        let isSmall = bodyBytes <= Self.smallBytes
        let shareBytes = isSmall ? limitBytes : limitBytes - limitBytes / 4
        var before = heldBytes
        while before + bytes <= shareBytes {
            let (isTaken, seen) = held.weakCompareExchange(
                expected: before, desired: before + bytes, ordering: .relaxed)
            if isTaken { return true }
            before = seen
        }
        return false
    }

    func giveBack(_ bytes: Int) { held.subtract(bytes, ordering: .relaxed) }
}
