import RelayStore
import Synchronization

/// What intake counted since the process started.
package final class IntakeCounters: Sendable {
    package struct Key: Hashable, Sendable {
        package let source: String
        package let hook: String
        package let outcome: String
    }

    private let outcomes = Mutex<[Key: Int64]>([:])
    private let refusals = Mutex<[String: Int64]>([:])

    package init() {}

    func count(_ acceptance: Acceptance, endpoint: Endpoint) {
        let outcome =
            switch acceptance {
            case .stored: "accepted"
            case .duplicate: "duplicate"
            case .refused(let refusal): refusal.rawValue
            }
        count(outcome, endpoint: endpoint)
    }

    /// A proven request that asked whether the address is ours.
    func countChallenge(endpoint: Endpoint) { count("challenge", endpoint: endpoint) }

    private func count(_ outcome: String, endpoint: Endpoint) {
        let key = Key(source: endpoint.source, hook: endpoint.hook, outcome: outcome)
        outcomes.withLock { $0[key, default: 0] += 1 }
    }

    /// A request that never became an event: who sent it is unknown, so only the reason counts.
    func countRefused(_ reason: String) {
        refusals.withLock { $0[reason, default: 0] += 1 }
    }

    package var byOutcome: [Key: Int64] { outcomes.withLock { $0 } }
    package var refusedByReason: [String: Int64] { refusals.withLock { $0 } }
}
