package import RelayCore
import SQLite

extension StoreFile {
    /// Reads every page and row of a store or a copy and changes nothing. Throws when it cannot be
    /// read at all; what is wrong inside is in the answer.
    package func examine(now: Timestamp) throws(StoreError) -> StoreVerdict {
        let rest = Rest(try whereItLies())
        let connection = try openCopy()
        defer { connection.close() }
        do {
            let damages = try connection.prepare("PRAGMA integrity_check(20)").rows { $0.text(0) }
                .filter { $0 != "ok" }
            let plan = try StoreFile.migrator.plan(connection)
            let pages = try connection.scalar("PRAGMA page_count") ?? 0
            let size = try connection.scalar("PRAGMA page_size") ?? 0
            let isReadable = plan.pending.isEmpty && damages.isEmpty
            let verdict = StoreVerdict(
                bytes: pages * size, damages: damages, schema: plan.applied.last?.number ?? 0,
                pending: plan.pending.map(\.name),
                events: try connection.scalar("SELECT count(*) FROM events") ?? 0,
                strays: isReadable ? try LaneStrays.find(connection) : nil,
                audit: isReadable ? try audit(now: now) : nil)
            try rest.require(connection)
            return verdict
        } catch {
            try rest.require(connection)
            throw storeError(error)
        }
    }

    private func audit(now: Timestamp) throws -> AuditReport {
        let reader = try StoreReader(file: self)
        defer { reader.close() }
        return try reader.audit(now: now)
    }
}
