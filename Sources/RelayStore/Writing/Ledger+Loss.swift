import RelayCore
import SQLite

extension Ledger {
    /// What the last relay had stored, by its mark, and is not there. It is recorded before all
    /// else. The ids of the missing events are out in the world: from here on all are of another
    /// lineage.
    func noteLoss(by mark: StoreMark?, now: Timestamp) throws -> KnownLoss? {
        guard let mark, mark.newest > lastSequence else { return nil }
        let loss = KnownLoss(
            after: lastSequence, until: mark.newest, foundAt: now,
            deliveries: max(0, mark.accepted - accepted))
        try transaction { ledger in
            try loss.insert(ledger.connection)
            try Lineage.begin(ledger.connection, from: ledger.lastSequence + 1)
        }
        lineages = try Lineage.readAll(connection)
        return loss
    }
}
