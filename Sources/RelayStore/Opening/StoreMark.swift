import FoundationEssentials
import RelayCore
import SQLite

/// What lies beside a store for as long as a relay runs on it, and after one that did not stop in
/// good order: of which store the log is, which index it had, and what was stored.
struct StoreMark: Equatable {
    let lineage: Int64
    /// The inode of the log's index.
    let index: Int64
    /// The sequence of the last event; 0 in an empty store.
    let newest: Int64
    /// Deliveries that were ever accepted.
    let accepted: Int64

    init(_ ledger: Ledger, index: Int64) {
        lineage = ledger.lineages.last?.bits ?? 0
        self.index = index
        newest = ledger.lastSequence
        accepted = ledger.accepted
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
        guard numbers.count == 4, let lineage = numbers[0], let index = numbers[1],
            let newest = numbers[2], let accepted = numbers[3],
            0..<EventID.lineageLimit ~= lineage, newest >= 0, accepted >= 0
        else { return nil }
        (self.lineage, self.index) = (lineage, index)
        (self.newest, self.accepted) = (newest, accepted)
    }

    func isHeld(by connection: Connection) throws -> Bool {
        if newest == 0 { return true }
        return try connection.scalar("SELECT seq FROM events WHERE seq = \(newest)") != nil
    }

    /// As long for each event of a store.
    var line: String {
        "\(lineage) \(index) \(StoreMark.digits(newest)) \(StoreMark.digits(accepted))"
    }

    private static func digits(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }
}
