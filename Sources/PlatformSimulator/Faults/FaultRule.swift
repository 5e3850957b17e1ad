import RelayCore

/// One scripted misbehaviour and how often it has been used.
struct FaultRule: Sendable {
    let match: FaultMatch
    let action: FaultAction
    /// Uses it has; nil for no end.
    let times: Int?
    /// As it was written, for listing.
    let source: JSONValue
    private(set) var uses = 0
    /// Requests that matched but for counting and chance.
    private(set) var candidates = 0
    private var chance: SplitMix

    init(match: FaultMatch, action: FaultAction, times: Int?, seed: UInt64, source: JSONValue) {
        self.match = match
        self.action = action
        self.times = times
        self.source = source
        chance = SplitMix(state: seed)
    }

    /// Whether the rule applies to this request; if so it is used once more.
    mutating func take(
        _ endpoint: Endpoint, path: String, body: [UInt8], at now: Timestamp
    ) -> Bool {
        if let times, uses >= times { return false }
        guard match.passes(endpoint, path: path, body: body, at: now) else { return false }
        candidates += 1
        if let nth = match.nth, candidates != nth { return false }
        if let every = match.every, !candidates.isMultiple(of: every) { return false }
        if let probability = match.probability, chance.fraction() >= probability { return false }
        uses += 1
        return true
    }
}
