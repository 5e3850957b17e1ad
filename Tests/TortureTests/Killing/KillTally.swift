/// What a round went through, for the report.
struct KillTally {
    var kills = 0
    var acknowledged = 0
    var arrived = 0
    /// Events that arrived again because a kill came before the record of their answer.
    var repeated = 0
    var repeatedMost = 0

    mutating func add(_ other: KillTally) {
        kills += other.kills
        acknowledged += other.acknowledged
        arrived += other.arrived
        repeated += other.repeated
        repeatedMost = max(repeatedMost, other.repeatedMost)
    }
}
