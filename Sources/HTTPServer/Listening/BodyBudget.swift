import Synchronization

/// What the bodies that are still coming hold, of all connections of a server and whatever their
/// options. Counted piece by piece, as memory is really taken: to declare a length costs nothing.
///
/// One atomic addition each time a body's memory grows and one subtraction when it ends, so two
/// for a body that comes in one piece.
final class BodyBudget: Sendable {
    private let held = Atomic(0)

    /// The last quarter is for bodies of no more than this: large ones alone shut nobody out who
    /// sends small events.
    private static let smallBytes = 65_536

    var heldBytes: Int { held.load(ordering: .relaxed) }

    /// - Parameter bodyBytes: what the whole body holds with these.
    func take(_ bytes: Int, bodyBytes: Int, limitBytes: Int) -> Bool {
        let isSmall = bodyBytes <= Self.smallBytes
        let shareBytes = isSmall ? limitBytes : limitBytes - limitBytes / 4
        if held.add(bytes, ordering: .relaxed).newValue <= shareBytes { return true }
        held.subtract(bytes, ordering: .relaxed)
        return false
    }

    func giveBack(_ bytes: Int) { held.subtract(bytes, ordering: .relaxed) }
}
