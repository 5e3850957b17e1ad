import RelayTesting
import Testing

/// The store against a model of dictionaries, without faults: every verb does what it must, in any
/// order, also across restarts.
@Suite struct ModelTests {
    @Test(arguments: 0..<PowerCutTests.parts)
    func `the store does what the model does`(part: Int) throws {
        for seed in try PowerCutTests.seeds where Int(seed) % PowerCutTests.parts == part {
            let steps = Schedule.steps(seed: seed &+ 1_000_000, cuts: false)
            guard let problem = try World(seed: seed | 1).run(steps) else { continue }
            let shortest = Shrinker.shortest(of: steps) { shorter in
                (try? World(seed: seed | 1))?.run(shorter) != nil
            }
            Issue.record(
                "seed \(seed) (replay: HOLDFAST_TORTURE_SEED=\(seed)): \(problem)\n\(shortest)")
            return
        }
    }

    @Test func `a failing schedule is cut down to what fails`() {
        let shortest = Shrinker.shortest(of: Array(0..<100)) { numbers in
            numbers.contains(17) && numbers.contains(83)
        }
        #expect(shortest == [17, 83])
    }
}
