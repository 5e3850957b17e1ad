import FoundationEssentials
import SQLite

/// What lies beside a store for as long as a relay runs on it, and after one that did not stop in
/// good order: of which store the log is, which index it had, and the last event that was stored.
struct StoreMark: Equatable {
    let lineage: Int64
    /// The inode of the log's index.
    let index: Int64
    /// Its sequence; 0 in an empty store.
    var newest: Int64

    init(lineage: Int64, index: Int64, newest: Int64) {
        self.lineage = lineage
        self.index = index
        self.newest = newest
    }

    /// Nil where a power cut has left no line, or a part of one.
    init?(path: String) {
        // What is no file (a pipe) must not be waited for.
        guard Volume.isFile(path), let bytes = FileManager.default.contents(atPath: path) else {
            return nil
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasSuffix("\n") else { return nil }
        let numbers = text.dropLast().split(separator: " ").map { Int64($0) }
        guard numbers.count == 3, let lineage = numbers[0], let index = numbers[1],
            let newest = numbers[2]
        else { return nil }
        self.init(lineage: lineage, index: index, newest: newest)
    }

    func isHeld(by connection: Connection) throws -> Bool {
        if newest == 0 { return true }
        return try connection.scalar("SELECT seq FROM events WHERE seq = \(newest)") != nil
    }

    /// As long for each event of a store.
    var line: String {
        let digits = String(newest)
        return "\(lineage) \(index) " + String(repeating: "0", count: max(0, 19 - digits.count))
            + digits
    }
}
