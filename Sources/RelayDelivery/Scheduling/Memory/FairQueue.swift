import RelayCore
import RelayStore

/// Claims in turn between their sources, so that one that floods does not keep the others waiting.
struct FairQueue {
    private var bySource: [Int64: FIFO<Claim>] = [:]
    /// Sources with something to do, in turn.
    private var turns = FIFO<Int64>()
    private(set) var count = 0

    func count(of source: Int64) -> Int { bySource[source]?.count ?? 0 }

    mutating func append(_ claim: Claim) {
        count += 1
        if bySource[claim.source]?.isEmpty ?? true { turns.append(claim.source) }
        bySource[claim.source, default: FIFO()].append(claim)
    }

    mutating func prepend(_ claim: Claim) {
        count += 1
        if bySource[claim.source]?.isEmpty ?? true { turns.prepend(claim.source) }
        bySource[claim.source, default: FIFO()].prepend(claim)
    }

    mutating func popFirst() -> Claim? {
        guard let source = turns.popFirst(), let claim = bySource[source]?.popFirst() else {
            return nil
        }
        count -= 1
        if !(bySource[source]?.isEmpty ?? true) { turns.append(source) }
        return claim
    }

    mutating func drain() -> [Claim] {
        var claims: [Claim] = []
        while let claim = popFirst() { claims.append(claim) }
        return claims
    }
}
