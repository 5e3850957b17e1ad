import RelayCore
import SQLite

/// The patches of the replays in the queue, read once each. A replay's patch never changes.
struct ReplayPatches {
    /// Nil inside: a replay without a patch.
    private var known: [Int64: JSONPatch?] = [:]

    private static let limit = 64

    mutating func patch(of replay: Int64, _ connection: Connection) throws -> JSONPatch? {
        if let found = known[replay] { return found }
        if known.count >= Self.limit { known.removeAll() }
        let row = try connection.statement("SELECT patch FROM replays WHERE id = ?1")
        try row.bind(1, replay)
        let text = try row.first { $0.optionalBytes(0) } ?? nil
        let patch = try text.map { text throws in try JSONPatch(text) }
        known[replay] = .some(patch)
        return patch
    }
}
