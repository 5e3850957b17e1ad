package import RelayCore

/// What became of a few chosen deliveries.
package struct ReplayStep: Sendable {
    package struct Misfit: Sendable {
        package let id: EventID
        package let reason: String
    }

    package var moved = 0
    /// Sent again, discarded, pruned or finished by somebody else since they were chosen.
    package var changedMeanwhile = 0
    /// Erased, or no JSON: there is nothing to send.
    package var unsendable = 0
    package var misfits: [Misfit] = []

    package init() {}

    package static func += (left: inout ReplayStep, right: ReplayStep) {
        left.moved += right.moved
        left.changedMeanwhile += right.changedMeanwhile
        left.unsendable += right.unsendable
        left.misfits += right.misfits
    }
}
