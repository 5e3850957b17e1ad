import RelayCore
import Testing

@Suite struct DistributionTests {
    private let scale = Distribution.Scale(bounds: [1, 10, 100], perUnit: 10)

    @Test(arguments: [(0, 0), (1, 0), (2, 1), (10, 1), (11, 2), (100, 2), (101, 3), (1_000_000, 3)])
    func `a bound belongs to its own bucket and what is over the last has one, too`(
        value: Int64, bucket: Int
    ) {
        #expect(scale.bucket(of: value) == bucket)
    }

    @Test func `it counts by bucket and adds up`() {
        var distribution = Distribution(scale)
        for value: Int64 in [0, 1, 5, 500] { distribution.add(value) }
        #expect(distribution.counts == [2, 1, 0, 1])
        #expect(distribution.total == 4 && distribution.sum == 506)
    }
}
