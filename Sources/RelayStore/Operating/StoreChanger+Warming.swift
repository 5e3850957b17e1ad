import RelayCore
import SQLite

extension StoreChanger {
    /// Reads what a step will touch before it takes the right to write: the relay must not wait
    /// while an operator's command waits for the disk. What is read is not looked at; the step
    /// finds it in the memory of the system.
    func warm(_ chosen: ArraySlice<ChosenDelivery>, withBodies: Bool = false) throws {
        do {
            for delivery in chosen {
                try touch(
                    withBodies
                        ? "SELECT body FROM events WHERE seq = ?1"
                        : "SELECT lane FROM events WHERE seq = ?1", delivery.key.sequence)
                try touch(delivery)
            }
        } catch {
            throw file.storeError(error)
        }
    }

    private func touch(_ delivery: ChosenDelivery) throws {
        let (sequence, destination) = (delivery.key.sequence, delivery.key.destination)
        switch delivery.state {
        case .delivered:
            try touch(
                "SELECT attempts FROM delivered WHERE seq = ?1 AND destination = ?2", sequence,
                destination)
        case .dead, .expired:
            try touch(
                "SELECT attempts FROM dead_letters WHERE seq = ?1 AND destination = ?2", sequence,
                destination)
        case .discarded:
            try touch(
                "SELECT attempts FROM discarded WHERE seq = ?1 AND destination = ?2", sequence,
                destination)
        case .queued, .inflight, .held:
            try touch(
                """
                SELECT attempts FROM deliveries
                WHERE seq = ?1 AND destination = ?2 AND due_at_ms = ?3
                """, sequence, destination, delivery.markMs)
        }
    }

    private func touch(_ sql: String, _ values: Int64...) throws {
        let row = try ledger.connection.statement(sql)
        defer { row.reset() }
        for (index, value) in values.enumerated() { try row.bind(index + 1, value) }
        _ = try row.step()
    }
}
