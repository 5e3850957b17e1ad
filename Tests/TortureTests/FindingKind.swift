import Foundation

/// What a power-cut finding says has happened.
enum FindingKind: CaseIterable {
    /// An acknowledged event is not there.
    case lost
    /// A recorded finish, hold, name or step of an operator is not there.
    case undone
    /// Something is there that was not done.
    case invented
    /// An event is there and not as it must be.
    case altered
    /// Totals and rows do not agree.
    case unbalanced
    /// The database is no longer one.
    case damaged
    /// Something was not done although nothing had failed.
    case unfounded

    /// All that a finding of `World`'s says, by the words of `StoreContents.differences`.
    static func all(in finding: String) -> Set<FindingKind> {
        var kinds: Set<FindingKind> = []
        for line in finding.split(separator: "\n") where line.contains(": expected ") {
            if let kind = difference(line.drop { $0 == " " }) { kinds.insert(kind) }
        }
        if finding.contains("out of balance") { kinds.insert(.unbalanced) }
        if finding.contains("stands in two places") { kinds.insert(.invented) }
        // The number was committed, and given to another name after the restart.
        if finding.contains("a name has another number") { kinds.insert(.undone) }
        if finding.contains("failed without a fault") { kinds.insert(.unfounded) }
        let damages = ["database is damaged", "missing from index", "wrong # of entries", "Tree "]
        if damages.contains(where: finding.contains) { kinds.insert(.damaged) }
        return kinds
    }

    private static func difference(_ line: Substring) -> FindingKind? {
        let isEvent = line.hasPrefix("event ")
        guard isEvent || ["delivery ", "attempts of ", "hold of "].contains(where: line.hasPrefix)
        else { return nil }
        if line.contains(": expected nothing,") { return .invented }
        if line.hasSuffix(", found nothing") { return isEvent ? .lost : .undone }
        if isEvent { return .altered }
        // From the queue into a final place is what nobody did; all else is a step back.
        let wasQueued = line.contains(": expected queued")
        return wasQueued && !line.contains(", found queued") ? .invented : .undone
    }
}
