package import RelayCore
package import RelayStore

/// One address at which events come in.
package final class Endpoint: Sendable {
    package let source: String
    package let hook: String
    package let route: Route
    /// Where in the body the lane stands; nil: no lanes.
    package let lane: JSONPointer?
    package let counters: EndpointCounters

    package init(
        source: String, hook: String, route: Route, lane: JSONPointer?,
        counters: EndpointCounters
    ) {
        self.source = source
        self.hook = hook
        self.route = route
        self.lane = lane
        self.counters = counters
    }
}
