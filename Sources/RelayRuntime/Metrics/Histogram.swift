package import RelayCore

/// A `Distribution` that any thread may add to without a lock. A reading taken meanwhile may miss
/// the newest value in the sum and have it in a bucket; the next one has both.
package final class Histogram: Sendable {
    private let scale: Distribution.Scale
    private let buckets: [Counter]
    private let sum = Counter()

    package init(_ scale: Distribution.Scale) {
        self.scale = scale
        buckets = (0...scale.bounds.count).map { _ in Counter() }
    }

    package func add(_ value: Int64) {
        buckets[scale.bucket(of: value)].add()
        sum.add(value)
    }

    package var distribution: Distribution {
        Distribution(scale, counts: buckets.map(\.count), sum: sum.count)
    }
}
