import FoundationEssentials
import SQLite

/// What lies beside a store for as long as a relay runs on it, and after one that did not stop in
/// good order: of which store the log is, and the last event that was stored.
struct StoreMark {
    let lineage: Int64
    /// Its sequence.
    let newest: Int64

    init(lineage: Int64, newest: Int64) {
        self.lineage = lineage
        self.newest = newest
    }

    /// Nil where a power cut has left no line, or a part of one.
    init?(path: String) {
        guard let bytes = FileManager.default.contents(atPath: path) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasSuffix("\n") else { return nil }
        let numbers = text.dropLast().split(separator: " ").map { Int64($0) }
        guard numbers.count == 2, let lineage = numbers[0], let newest = numbers[1] else {
            return nil
        }
        self.init(lineage: lineage, newest: newest)
    }

    /// As long for each event of a store.
    var line: String {
        let digits = String(newest)
        return "\(lineage) " + String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }
}
