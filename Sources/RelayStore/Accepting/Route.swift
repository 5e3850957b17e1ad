/// Where events of one hook come from and go to, in the store's own numbers. Made once when the
/// configuration is read, shared by every event.
package final class Route: Sendable {
    package let source: Int64
    package let hook: Int64
    package let destinations: [Int64]
    /// 0: repeats are not looked for.
    package let dedupWindowMs: Int64

    package init(source: Int64, hook: Int64, destinations: [Int64], dedupWindowMs: Int64) {
        self.source = source
        self.hook = hook
        self.destinations = destinations
        self.dedupWindowMs = dedupWindowMs
    }
}
