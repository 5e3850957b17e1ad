/// What a simulation did, so that one which does nothing cannot pass for a good one.
struct SimulationCounts: Sendable {
    var acknowledged = 0
    var requests = 0
    var taken = 0
    var lives = 0
    var cuts = 0
    var simulatedMs: Int64 = 0
    var turns = 0
    var delivered = 0
    var dead = 0
    var expired = 0
    var discarded = 0
    var erased = 0
    var waitingPeak: Int64 = 0

    static func += (left: inout SimulationCounts, right: SimulationCounts) {
        left.acknowledged += right.acknowledged
        left.requests += right.requests
        left.taken += right.taken
        left.lives += right.lives
        left.cuts += right.cuts
        left.simulatedMs += right.simulatedMs
        left.turns += right.turns
        left.delivered += right.delivered
        left.dead += right.dead
        left.expired += right.expired
        left.discarded += right.discarded
        left.erased += right.erased
        left.waitingPeak = max(left.waitingPeak, right.waitingPeak)
    }
}
