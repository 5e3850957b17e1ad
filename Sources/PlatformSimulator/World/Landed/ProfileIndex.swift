/// The `_id` values the Profile store holds, as 64-bit hashes: at ten million ids the odds that
/// two share one are about one in four hundred thousand.
struct ProfileIndex: Sendable {
    private var hashes: Set<Int> = []

    /// True when the id is new. At the limit every id counts as new and is not remembered.
    mutating func insert(_ id: String, limit: Int) -> Bool {
        let hash = id.hashValue
        if hashes.count >= limit { return !hashes.contains(hash) }
        return hashes.insert(hash).inserted
    }
}
