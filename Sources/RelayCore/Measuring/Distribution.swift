/// How many values fell into each of a fixed row of buckets, and their sum. Adding allocates
/// nothing.
package struct Distribution: Sendable, Hashable {
    /// Upper bounds, included, in ascending order and in whole steps of which `perUnit` make one
    /// of the unit that is shown.
    package struct Scale: Sendable, Hashable {
        package let bounds: [Int64]
        package let perUnit: Int64

        package init(bounds: [Int64], perUnit: Int64) {
            precondition(zip(bounds, bounds.dropFirst()).allSatisfy { $0 < $1 } && perUnit > 0)
            self.bounds = bounds
            self.perUnit = perUnit
        }

        /// The bucket a value falls into; the last one has no bound.
        package func bucket(of value: Int64) -> Int {
            var low = 0
            var high = bounds.count
            while low < high {
                let middle = (low + high) / 2
                if bounds[middle] < value { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    package let scale: Scale
    /// By bucket, one more than there are bounds.
    package private(set) var counts: [Int64]
    package private(set) var sum: Int64

    package init(_ scale: Scale) {
        self.init(
            scale, counts: [Int64](repeating: 0, count: scale.bounds.count + 1), sum: 0)
    }

    package init(_ scale: Scale, counts: [Int64], sum: Int64) {
        precondition(counts.count == scale.bounds.count + 1)
        self.scale = scale
        self.counts = counts
        self.sum = sum
    }

    package var total: Int64 { counts.reduce(0, +) }

    package mutating func add(_ value: Int64) {
        counts[scale.bucket(of: value)] += 1
        sum += value
    }
}

extension Distribution.Scale {
    /// Of what takes from a tenth of a millisecond to some seconds: a commit, a sync. In ns.
    package static let diskTimes = Distribution.Scale(
        bounds: [
            100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000,
            50_000_000, 100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000,
            5_000_000_000, 10_000_000_000,
        ], perUnit: 1_000_000_000)

    /// Of one request to a destination, in ms.
    package static let requestTimes = Distribution.Scale(
        bounds: [
            1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000,
        ], perUnit: 1000)

    /// From receipt to delivery, in ms: at once, or after an outage of days.
    package static let deliveryTimes = Distribution.Scale(
        bounds: [
            1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000,
            300_000, 900_000, 3_600_000, 21_600_000, 86_400_000,
        ], perUnit: 1000)

    /// Of rows in one commit.
    package static let groupSizes = Distribution.Scale(
        bounds: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096], perUnit: 1)
}
