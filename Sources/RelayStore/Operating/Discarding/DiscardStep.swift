/// What became of a few chosen deliveries.
package struct DiscardStep: Sendable {
    package var discarded = 0
    /// Delivered, tried again, replayed or discarded by somebody else since they were chosen.
    package var changedMeanwhile = 0

    package init() {}

    package static func += (left: inout DiscardStep, right: DiscardStep) {
        left.discarded += right.discarded
        left.changedMeanwhile += right.changedMeanwhile
    }
}
