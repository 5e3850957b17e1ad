import RelayCore
import SQLite

extension Ledger {
    /// Records, before all else, what is missing by the mark that the last relay has left.
    ///
    /// The record is moved into the database at once. In the log it would share the fate of what it
    /// tells of.
    static func noteLoss(
        _ connection: Connection, by mark: StoreMark?, now: Timestamp
    ) throws -> KnownLoss? {
        guard try KnownLoss.unnoted(connection, mark) != nil else { return nil }
        var found: KnownLoss?
        // Once more in the transaction: another process may have recorded it meanwhile.
        try connection.transaction(.immediate) { connection in
            found = try KnownLoss.unnoted(connection, mark)?.found(at: now)
            try found?.insert(connection)
        }
        guard let loss = found else { return nil }
        do {
            _ = try connection.checkpoint(.full)
        } catch {
            // The next one is in time, too, unless the log is cut once more before it.
            guard error.isFull else { throw error }
        }
        return loss
    }

    /// Of what no relay has told yet, a start tells, and then says so here. Twice is better than
    /// never.
    package func noteTold(_ losses: [KnownLoss]) throws {
        guard !losses.isEmpty else { return }
        try transaction { ledger in
            for loss in losses { try loss.told.insert(ledger.connection) }
        }
    }
}
