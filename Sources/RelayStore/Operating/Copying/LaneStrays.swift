package import RelayCore
import SQLite

/// Deliveries that stand in another lane than their event, which no code of ours leaves behind:
/// the queue looks for the head of the event's lane, never finds them there, and passes them over
/// for ever. A replay puts a delivery into its event's lane again.
package struct LaneStrays: Sendable, Equatable {
    /// So many are named, as `integrity_check` names so many of its own.
    package static let namedLimit = 20

    package private(set) var count = 0
    /// The first of them, in the order of arrival at each destination.
    package private(set) var named: [EventID] = []

    static func find(_ connection: Connection) throws -> LaneStrays {
        let lineages = try Lineage.readAll(connection)
        let rows = try connection.prepare(
            """
            SELECT d.seq, d.lane, e.lane FROM deliveries AS d JOIN events AS e ON e.seq = d.seq
            WHERE d.lane IS NOT NULL OR e.lane IS NOT NULL
            """)
        var strays = LaneStrays()
        try rows.forEachRow { row in
            guard row.optionalInt64(1) != row.optionalText(2).map(LaneKey.of) else { return }
            strays.count += 1
            guard strays.named.count < namedLimit else { return }
            strays.named.append(Lineage.id(of: row.int64(0), in: lineages))
        }
        return strays
    }
}
