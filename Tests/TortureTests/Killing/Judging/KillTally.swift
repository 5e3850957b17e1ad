/// What a round went through, for the report.
struct KillTally: CustomStringConvertible {
    var kills = 0
    var acknowledged = 0
    var arrived = 0
    /// Recorded as delivered at the last kill: what must not come again.
    var recorded = 0
    /// Messages that arrived again because a kill came before the record of their answer.
    var repeated = 0
    var repeatedMost = 0
    /// At one destination by one kill: taken and not recorded, although a later commit was made.
    var unrecordedMost = 0
    /// The same after which no commit was made.
    var unprovenMost = 0

    mutating func add(_ other: KillTally) {
        kills += other.kills
        acknowledged += other.acknowledged
        arrived += other.arrived
        recorded += other.recorded
        repeated += other.repeated
        repeatedMost = max(repeatedMost, other.repeatedMost)
        unrecordedMost = max(unrecordedMost, other.unrecordedMost)
        unprovenMost = max(unprovenMost, other.unprovenMost)
    }

    var description: String {
        "\(kills) kills, \(acknowledged) acknowledged, \(arrived) arrived, \(recorded) recorded at "
            + "the last kill, \(repeated) again (most of one kill: \(repeatedMost)), most at one "
            + "destination not recorded before a later commit: \(unrecordedMost), after the last "
            + "one: \(unprovenMost)"
    }
}
