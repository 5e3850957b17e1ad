import RelayRuntime
import RelayStore

/// What became of the proven requests to one hook. Counted from any thread, without a lock.
package final class EndpointCounters: Sendable {
    package enum Outcome: String, CaseIterable, Sendable {
        case accepted
        case duplicate
        /// Asked whether the address is ours, and was told so.
        case challenge
        case diskFull = "disk_full"
        case storeFailed = "store_failed"
        case overloaded
        case stopping
    }

    private let outcomes = CounterTable<Outcome>()

    package init() {}

    func count(_ acceptance: Acceptance) {
        switch acceptance {
        case .stored: outcomes.add(.accepted)
        case .duplicate: outcomes.add(.duplicate)
        case .refused(.diskFull): outcomes.add(.diskFull)
        case .refused(.failed): outcomes.add(.storeFailed)
        case .refused(.overloaded): outcomes.add(.overloaded)
        case .refused(.stopping): outcomes.add(.stopping)
        }
    }

    func countChallenge() { outcomes.add(.challenge) }

    package func count(of outcome: Outcome) -> Int64 { outcomes.count(outcome) }
}
