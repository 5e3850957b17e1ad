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
        // Two that come at once find the same, and write the same row.
        guard let loss = try KnownLoss.unnoted(connection, mark, now: now) else { return nil }
        try connection.transaction(.immediate) { try loss.insert($0) }
        do {
            _ = try connection.checkpoint(.full)
        } catch {
            // The next one is in time, too, unless the log is cut once more before it.
            guard error.isFull else { throw error }
        }
        return loss
    }
}
