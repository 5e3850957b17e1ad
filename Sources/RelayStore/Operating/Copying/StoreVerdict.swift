package import RelayCore

/// What an examination of a database file found.
package struct StoreVerdict: Sendable {
    package let bytes: Int64
    /// What SQLite's own check has to say; empty when every page is in order.
    package let damages: [String]
    package let schema: Int
    /// Migrations this binary would still apply.
    package let pending: [String]
    package let events: Int64
    /// Nil where the audit is.
    package let strays: LaneStrays?
    /// Nil while migrations are pending: an older schema is not read.
    package let audit: AuditReport?

    package var isSound: Bool { damages.isEmpty && hasNoStrays && (audit?.isConsistent ?? true) }
    private var hasNoStrays: Bool { strays.map { $0.count == 0 } ?? true }

    package var json: JSONObject {
        var object = JSONObject()
        object.append("sound", .bool(isSound))
        object.append("bytes", .integer(bytes))
        object.append("schema", .integer(schema))
        object.append("pending", .array(pending.map(JSONValue.string)))
        object.append("damages", .array(damages.map(JSONValue.string)))
        object.append("events", .integer(events))
        if let strays {
            object.append("strays", .integer(Int64(strays.count)))
            object.append("strayIds", .array(strays.named.map { .string($0.description) }))
        }
        if let audit {
            object.append("balanced", .bool(audit.isBalanced))
            for member in audit.total.members { object.append(member.key, member.value) }
            object.append("difference", .integer(audit.total.difference))
            if !audit.losses.isEmpty {
                object.append("missing", .array(audit.losses.map { .object($0.json) }))
            }
        }
        return object
    }
}
