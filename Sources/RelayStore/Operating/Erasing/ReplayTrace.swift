import RelayCore
import SQLite

/// A replay whose words or patch quote an erased value.
struct ReplayTrace: Sendable {
    let id: Int64
    let isPatched: Bool

    static func find(_ text: ErasedText, _ connection: Connection) throws -> [ReplayTrace] {
        let rows = try connection.statement("SELECT id, asked, patch FROM replays")
        return try rows.rows { row -> ReplayTrace? in
            let isPatched = row.withBytes(2) { text.stands(inBody: $0) }
            guard isPatched || text.stands(in: Array(row.text(1).utf8)) else { return nil }
            return ReplayTrace(id: row.int64(0), isPatched: isPatched)
        }.compactMap(\.self)
    }
}
