import RelayTesting
import Testing

@Suite struct ScratchTests {
    @Test func `seeds of plants`() throws {
        for plant in Plant.allCases {
            var caught = 0
            var first: UInt64?
            for seed in UInt64(1)...100 {
                let world = try World(seed: seed, plant: plant, watchesSyncs: false)
                guard world.run(Schedule.steps(seed: seed, cuts: true)) != nil else { continue }
                caught += 1
                first = first ?? seed
            }
            Issue.record("PLANT \(plant) \(caught) of 100, first \(first ?? 0)")
        }
        var (cuts, kept, lost) = (0, 0, 0)
        for seed in UInt64(1)...1000 {
            let world = try World(seed: seed)
            _ = world.run(Schedule.steps(seed: seed, cuts: true))
            cuts += world.cuts
            kept += world.doubtsKept
            lost += world.doubtsLost
        }
        Issue.record("CUTS \(cuts) kept \(kept) lost \(lost)")
    }
}
