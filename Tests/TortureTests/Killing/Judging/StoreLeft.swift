import Foundation
import RelayCore
import RelayTesting

/// What the relay's store holds while no relay runs, as "ID DESTINATION".
struct StoreLeft {
    /// Recorded as delivered.
    var delivered: Set<String> = []
    /// In the queue: nothing final is recorded.
    var waiting: Set<String> = []
    var discarded: Set<String> = []
    /// Given up by the relay itself.
    var parked: Set<String> = []
    var ids: Set<String> = []

    /// In `list --json`.
    init(_ rows: [JSONValue] = []) {
        for row in rows {
            guard let id = row["id"]?.string, let state = row["state"]?.string else { continue }
            let key = "\(id) \(row["destination"]?.string ?? "")"
            ids.insert(id)
            switch state {
            case "delivered": delivered.insert(key)
            case "discarded": discarded.insert(key)
            case "dead", "expired": parked.insert(key)
            default: waiting.insert(key)
            }
        }
    }

    /// Reads a copy, so that the next start meets what the kill left, log and all.
    /// - Returns: nil where the relay was killed before it had made its store.
    static func read(_ relay: RelayUnderTest, copyingTo folder: String) throws -> StoreLeft? {
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["holdfast.db", "holdfast.db-wal"] {
            let path = relay.dataDirectory + "/" + name
            guard files.fileExists(atPath: path) else { continue }
            try files.copyItem(atPath: path, toPath: folder + "/" + name)
        }
        defer { try? files.removeItem(atPath: folder) }
        let result = try relay.run(["list", "--json", "--all", "--db", folder + "/holdfast.db"])
        return result.code == 0 ? StoreLeft(try result.json()) : nil
    }
}
