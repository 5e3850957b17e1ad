package import RelayCore

/// The terms of the account: `accepted` must be the sum of all others. What is pruned is still in
/// its term.
package struct AuditTerms: Sendable, Hashable {
    package var accepted: Int64 = 0
    package var duplicates: Int64 = 0
    /// By state; `queued`, `inflight` and `held` are counted from the queue's rows.
    package var states = StateCounts()
    /// The part of the final states whose rows are gone.
    package var pruned: Int64 = 0

    package init() {}

    /// What went in and is not accounted for; below zero: accounted for and never came in.
    package var difference: Int64 {
        accepted - duplicates - DeliveryState.allCases.reduce(0) { $0 + states[$1] }
    }

    package static func += (left: inout AuditTerms, right: AuditTerms) {
        left.accepted += right.accepted
        left.duplicates += right.duplicates
        left.states += right.states
        left.pruned += right.pruned
    }

    package var members: [JSONObject.Member] {
        [JSONObject.Member(key: "accepted", value: .integer(accepted))]
            + states.json.members
            + [
                JSONObject.Member(key: "duplicates", value: .integer(duplicates)),
                JSONObject.Member(key: "pruned", value: .integer(pruned)),
            ]
    }
}
