import Foundation
import RelayTesting
import Testing

/// `kill -9` at random instants, and two programs beside the relay that remember everything.
/// A round is made from its seed; `HOLDFAST_TORTURE_SEED` runs one alone. The plan repeats, the
/// threads of four processes do not.
@Suite struct KillTests {
    /// Of `make test`; a fiftieth of the rounds of `make torture`.
    static let roundsDefault: UInt64 = 5
    static let roundsPart: UInt64 = 50

    static var seeds: Range<UInt64> {
        get throws {
            try TortureSeeds.range(
                ofTest: roundsDefault, share: roundsPart, least: roundsDefault)
        }
    }

    @Test func `what was acknowledged arrives whenever the relay is killed`() throws {
        var sum = KillTally()
        let seeds = try Self.seeds
        for seed in seeds {
            let plan = KillPlan(seed: seed)
            do {
                let round = try KillRound(plan)
                do {
                    sum.add(try round.run())
                } catch {
                    Issue.record(
                        """
                        seed \(seed) (replay: HOLDFAST_TORTURE_SEED=\(seed)): \(error)
                        plan: \(plan)
                        the relay's last words: \(round.relay.log.suffix(2000))
                        """)
                }
            }
            if seeds.count > Self.roundsDefault || seeds.count == 1 { Self.tell(seed, sum) }
        }
        #expect(sum.kills > 0 && sum.acknowledged > 0 && sum.arrived >= sum.acknowledged)
        // Of one seed alone the only kill may have been at the start.
        #expect(sum.recorded > 0 || seeds.count == 1, "nothing that must not come again")
    }

    /// For whoever watches a long run.
    private static func tell(_ seed: UInt64, _ sum: KillTally) {
        let line = "kill rounds to seed \(seed): \(sum)\n"
        try? FileHandle.standardError.write(contentsOf: Data(line.utf8))
    }
}
