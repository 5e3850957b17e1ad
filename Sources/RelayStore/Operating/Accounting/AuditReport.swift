package import RelayCore

/// The account in one snapshot: what the running totals say, what the tables hold, and whether the
/// two and the equation agree.
package struct AuditReport: Sendable {
    package struct Line: Sendable {
        /// Of receipt, `2026-11-20`, UTC.
        package let day: String
        package let source: String
        package let destination: String
        package let terms: AuditTerms
    }

    /// A place where totals and rows do not agree.
    package struct Difference: Sendable, Hashable {
        package let day: String
        /// Nil where the rows do not tell the sources apart.
        package let source: String?
        package let destination: String
        /// `waiting`, or a final state.
        package let term: String
        /// By the running totals.
        package let expected: Int64
        /// By the tables.
        package let found: Int64
    }

    /// In the order of day, source and destination.
    package let lines: [Line]
    package let differences: [Difference]
    /// What was acknowledged and is not there any more.
    package let losses: [KnownLoss]

    package var total: AuditTerms {
        lines.reduce(into: AuditTerms()) { $0 += $1.terms }
    }

    /// What was acknowledged is what is accounted for.
    package var isBalanced: Bool { isConsistent && losses.isEmpty }

    /// Totals and rows are of one mind. So they may be in a store that has lost some of both.
    package var isConsistent: Bool { differences.isEmpty && total.difference == 0 }

    package var json: JSONObject {
        var object = JSONObject()
        object.append("balanced", .bool(isBalanced))
        for member in total.members { object.append(member.key, member.value) }
        object.append("difference", .integer(total.difference))
        object.append("differences", .array(differences.map { .object($0.json) }))
        if !losses.isEmpty {
            object.append("missing", .array(losses.map { .object($0.json) }))
        }
        object.append("lines", .array(lines.map { .object($0.json) }))
        return object
    }
}

extension AuditReport.Line {
    package var json: JSONObject {
        var object = JSONObject()
        object.append("day", .string(day))
        object.append("source", .string(source))
        object.append("destination", .string(destination))
        for member in terms.members { object.append(member.key, member.value) }
        return object
    }
}

extension AuditReport.Difference {
    package var json: JSONObject {
        var object = JSONObject()
        object.append("day", .string(day))
        object.append("source", source)
        object.append("destination", .string(destination))
        object.append("term", .string(term))
        object.append("expected", .integer(expected))
        object.append("found", .integer(found))
        return object
    }
}
