package import RelayCore

/// How many deliveries stand in each state.
package struct StateCounts: Sendable, Hashable {
    private var counts: [DeliveryState: Int64] = [:]

    package init() {}

    package subscript(state: DeliveryState) -> Int64 {
        get { counts[state] ?? 0 }
        set { counts[state] = newValue }
    }

    package static func += (left: inout StateCounts, right: StateCounts) {
        for state in DeliveryState.allCases { left[state] += right[state] }
    }

    /// Every state by its name, zeros included.
    package var json: JSONObject {
        JSONObject(
            DeliveryState.allCases.map {
                JSONObject.Member(key: $0.rawValue, value: .integer(self[$0]))
            })
    }
}
