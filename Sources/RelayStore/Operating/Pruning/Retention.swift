/// How long final rows are kept, ms. Expired deliveries are kept as long as dead ones, repeats of
/// an event as long as delivered ones.
package struct Retention: Sendable, Hashable {
    package let deliveredMs: Int64
    package let deadMs: Int64
    package let discardedMs: Int64

    var shortestMs: Int64 { min(deliveredMs, deadMs, discardedMs) }

    package init(deliveredMs: Int64, deadMs: Int64, discardedMs: Int64) {
        self.deliveredMs = deliveredMs
        self.deadMs = deadMs
        self.discardedMs = discardedMs
    }
}
