import Foundation
import RelayCore
import RelayTesting

/// Compares the three books: the sender's, the sinks' and the relay's.
struct KillVerdict {
    let round: KillRound
    let sent: SenderLedger

    /// Throws what is wrong.
    func tally() throws -> KillTally {
        var tally = KillTally()
        tally.kills = round.kills
        tally.acknowledged = sent.acknowledged.count
        let discarded = try givenUp()
        var ids: [String: Int64] = [:]
        for (index, sink) in round.sinks.enumerated() {
            let arrivals = try sink.arrivals()
            tally.arrived += arrivals.count
            for arrival in arrivals { try checkOrigin(arrival, &ids) }
            try checkArrival(of: index, arrivals, discarded: discarded)
            try checkRepeats(arrivals, &tally)
        }
        try checkBooks()
        return tally
    }

    private func require(_ condition: Bool, _ what: @autoclosure () -> String) throws {
        guard condition else { throw KillFinding(what()) }
    }

    /// Nothing invented, nothing altered, one id for each event.
    private func checkOrigin(_ arrival: Arrival, _ ids: inout [String: Int64]) throws {
        let number = arrival.number
        try require(sent.sent[number] != nil, "\(number) arrived and was never sent")
        try require(sent.sent[number] == arrival.body, "\(number) arrived altered")
        try require(
            sent.refused[number] == nil,
            "\(number) was refused with \(sent.refused[number] ?? 0) and arrived all the same")
        let known = sent.acknowledged[number]
        try require(
            known == nil || known == arrival.id,
            "\(number) was acknowledged as \(known ?? "") and arrived as \(arrival.id)")
        let owner = ids[arrival.id] ?? number
        try require(owner == number, "\(arrival.id) stands for \(owner) and for \(number)")
        ids[arrival.id] = number
    }

    /// Every acknowledged event has arrived at each of its destinations, or was given up there by
    /// a command.
    private func checkArrival(
        of index: Int, _ arrivals: [Arrival], discarded: Set<String>
    ) throws {
        let taken = Set(arrivals.lazy.filter(\.isTaken).map(\.number))
        for (number, id) in sent.acknowledged where (sent.sources[number] ?? 0) >= index {
            // Where retention runs the row may be gone by now, too.
            let isGone =
                round.givenUp.contains(number)
                && (round.plan.ahead != nil || discarded.contains("\(id) d\(index)"))
            try require(
                taken.contains(number) || isGone,
                "\(number) (\(id)) was acknowledged and never arrived at d\(index)")
        }
    }

    /// "ID DESTINATION" of what a command gave up.
    private func givenUp() throws -> Set<String> {
        let rows = try round.relay.list("--state", "discarded")
        return Set(rows.map { "\($0["id"]?.string ?? "") \($0["destination"]?.string ?? "")" })
    }

    /// An event that a sink has taken comes again only from a later life: each but the last was
    /// killed.
    private func checkRepeats(_ arrivals: [Arrival], _ tally: inout KillTally) throws {
        var perKill = [Int](repeating: 0, count: round.kills + 1)
        for (number, all) in Dictionary(grouping: arrivals, by: \.number) {
            for (first, again) in zip(all, all.dropFirst()) where first.isTaken {
                if again.life > first.life {
                    perKill[first.life - 1] += 1
                } else {
                    try require(
                        round.replayed.contains(number),
                        "\(number) was taken and came again in life \(again.life)")
                }
            }
        }
        tally.repeated += perKill.reduce(0, +)
        tally.repeatedMost = max(tally.repeatedMost, perKill.max() ?? 0)
        // What a scheduler holds of one destination at a time.
        try require(
            perKill.allSatisfy { $0 <= Limits.activeDeliveries },
            "more came again than can have been under way: \(perKill)")
    }

    private func checkBooks() throws {
        let audit = try round.relay.ask("audit", "--json")
        try require(audit.code == 0, "the account does not balance: \(audit.output)")
        let check = try round.relay.run([
            "verify", "--config", round.relay.configurationPath,
        ])
        try require(check.code == 0, "verify: \(check.output)\(check.errors)")
        try require(
            try round.relay.list("--state", "dead", "--state", "expired").isEmpty,
            "something was given up by the relay")
        try require(round.relay.leaks == [], "a secret was shown")
        if round.plan.ahead == nil { try checkStored() }
    }

    /// The store has what was acknowledged, and beside it only what was never answered.
    private func checkStored() throws {
        let stored = Set(try round.relay.list().compactMap { $0["id"]?.string })
        let known = Set(sent.acknowledged.values)
        try require(known.isSubset(of: stored), "an acknowledged event is not in the store")
        try require(
            stored.count - known.count <= sent.unanswered.count,
            "the store has \(stored.count - known.count) events that nobody sent")
    }
}

/// What a round has found to be wrong.
struct KillFinding: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = what }
}
