import RelayCore

/// Which element of a 207 speaks of which message.
///
/// As many elements as messages: by position, as documented. Adobe's own example has an element
/// whose index names another place, under another batch's id, and its text goes by position. Only
/// an index that surely belongs to this batch casts doubt on a position; then a message is what
/// both readings say, or unknown.
///
/// More or fewer elements: only those with an index speak of a message, and only when their
/// indices can all be of one batch and no other element claims the same place.
struct ElementCorrelation {
    private struct Element {
        let outcome: Outcome
        let index: ElementIndex?
    }

    private let elements: [Element]
    private let batchID: String?

    init(
        _ elements: [JSONValue], batchID: String?, retryAfterMs: Int64?, hiding hidden: [String]
    ) {
        self.batchID = batchID
        self.elements = elements.map { value in
            guard let object = value.object else {
                return Element(outcome: Self.unaccounted, index: nil)
            }
            let report = MessageReport(object)
            return Element(
                outcome: report.outcome(retryAfterMs: retryAfterMs, hiding: hidden),
                index: report.index)
        }
    }

    func outcomes(count: Int) -> [Outcome] {
        if elements.count == count { return byPosition(count: count) }
        guard let claims = claims(count: count) else {
            return Array(repeating: Self.unaccounted, count: count)
        }
        return claims.map { claim in
            guard let claim else { return Self.unaccounted }
            return elements[claim].outcome
        }
    }

    private func byPosition(count: Int) -> [Outcome] {
        let placed = elements.map(\.outcome)
        guard isSureOfIndices(count: count), let claims = claims(count: count) else {
            return placed
        }
        return placed.indices.map { place in
            let ownIndex = elements[place].index?.value ?? place
            let claim = claims[place] ?? place
            if ownIndex == place, claim == place { return placed[place] }
            return Self.agreed(placed[place], placed[claim])
        }
    }

    private static func agreed(_ one: Outcome, _ other: Outcome) -> Outcome {
        if case .delivered = one, case .delivered = other { return other }
        return one == other ? one : unaccounted
    }

    /// For each message the element that claims to speak of it; nil when the indices are of several
    /// batches, and so of none.
    private func claims(count: Int) -> [Int?]? {
        var claims = [Int?](repeating: nil, count: count)
        var disputed: Set<Int> = []
        var prefix: Substring?
        for (position, element) in elements.enumerated() {
            guard let index = element.index else { continue }
            if let prefix, prefix != index.prefix { return nil }
            prefix = index.prefix
            guard index.value < count else { continue }
            if claims[index.value] != nil { disputed.insert(index.value) }
            claims[index.value] = position
        }
        for place in disputed { claims[place] = nil }
        return claims
    }

    /// Whether the indices are this batch's own and can all be true.
    private func isSureOfIndices(count: Int) -> Bool {
        let indices = elements.compactMap(\.index)
        return Set(indices.map(\.value)).count == indices.count
            && indices.allSatisfy { index in
                index.value < count
                    && (!index.isOfColonForm || batchID.map { index.prefix == $0 } == true)
            }
    }

    private static let unaccounted = Outcome.unknown(
        message: "the answer does not say what became of this message")
}
