package import RelayCore

/// One replay as it was written down, and what became of it so far.
package struct ReplayRecord: Sendable {
    package let id: Int64
    package let startedAt: Timestamp
    /// Nil: under way, or interrupted.
    package let endedAt: Timestamp?
    package let who: String
    package let asked: String
    package let patch: [UInt8]?
    package let chosen: Int
    package let moved: Int
    /// Of the moved ones that still carry its number.
    package let outcome: StateCounts

    /// Moved, and since then pruned or replayed once more.
    package var gone: Int64 {
        max(0, Int64(moved) - DeliveryState.allCases.reduce(0) { $0 + outcome[$1] })
    }

    package var json: JSONObject {
        var object = JSONObject()
        object.append("replay", .integer(id))
        object.append("startedAt", startedAt)
        object.append("endedAt", endedAt)
        object.append("operator", who)
        object.append("asked", asked)
        if let patch {
            object.append("patch", (try? JSONValue.parse(patch)) ?? .null)
        }
        object.append("chosen", .integer(chosen))
        object.append("moved", .integer(moved))
        let states: [DeliveryState] = [.queued, .delivered, .dead, .expired, .discarded]
        object.append(
            "outcome",
            .object(
                JSONObject(
                    states.map {
                        JSONObject.Member(key: $0.rawValue, value: .integer(outcome[$0]))
                    } + [JSONObject.Member(key: "gone", value: .integer(gone))])))
        return object
    }
}
