import RelayStore
import RelayTesting
import Synchronization
import Testing

/// The real store, random schedules, and the power going at a random instant. A schedule is made
/// from its seed; `HOLDFAST_TORTURE_SEED` runs one alone.
@Suite struct PowerCutTests {
    static let parts = 2
    /// Of `make test`; `make torture` sets the variable.
    static let roundsDefault = 160

    static var seeds: Range<UInt64> {
        get throws { try TortureSeeds.range(ofTest: UInt64(roundsDefault)) }
    }

    @Test(arguments: 0..<parts)
    func `what was acknowledged survives every power cut and nothing else appears`(
        part: Int
    ) throws {
        var (cuts, kept, lost) = (0, 0, 0)
        let seeds = try Self.seeds
        for seed in seeds where Int(seed) % Self.parts == part {
            let steps = Schedule.steps(seed: seed, cuts: true)
            let world = try World(seed: seed)
            let found = world.run(steps)
            cuts += world.cuts
            kept += world.doubtsKept
            lost += world.doubtsLost
            guard let problem = found else { continue }
            let shortest = Shrinker.shortest(of: steps) { shorter in
                (try? World(seed: seed))?.run(shorter) != nil
            }
            Issue.record(
                """
                seed \(seed) (replay: HOLDFAST_TORTURE_SEED=\(seed)): \(problem)
                shortest schedule that still fails: \(shortest)
                """)
            return
        }
        // A torture that cuts nothing would pass, too.
        guard seeds.count >= 100 else { return }
        #expect(cuts > seeds.count / Self.parts)
        #expect(kept > 0 && lost > 0, "cuts must fall on both sides of the commit")
    }
}
