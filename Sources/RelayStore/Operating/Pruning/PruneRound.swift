/// One walk through the final tables and the events, from the oldest row to the youngest that can
/// be due, in steps. Rows come in the order of receipt and end later than that, so the walk stops
/// at what was received too late to be due, unless the clock was ahead once.
package struct PruneRound: Sendable {
    enum Stage: Int, Sendable, CaseIterable {
        case delivered, deadLetters, discarded, events, freePages
    }

    var stage = Stage.delivered
    /// The last row that was looked at in this stage.
    var place = DeliveryKey(sequence: -1, destination: 0)

    /// Events from this sequence on stay.
    var keptFrom = Int64.max

    package init() {}

    var isAtItsBeginning: Bool { stage == .delivered && place.sequence < 0 }

    mutating func advance() {
        stage = Stage(rawValue: stage.rawValue + 1) ?? .delivered
        place = DeliveryKey(sequence: -1, destination: 0)
    }
}
