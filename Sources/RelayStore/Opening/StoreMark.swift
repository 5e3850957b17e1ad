import FoundationEssentials
import RelayCore
import SQLite
import Signing

/// What lies beside a store for as long as a relay runs on it, and after one that did not stop in
/// good order: of which store the log is, which index it had, and what was stored.
struct StoreMark: Equatable {
    let lineage: Int64
    /// The inode of the log's index.
    let index: Int64
    /// The sequence of the last event; 0 in an empty store.
    let newest: Int64
    /// Deliveries that were ever accepted, those among them that were found missing since.
    let accepted: Int64

    /// More than any store has, and as few as can be added up.
    private static let acceptedLimit: Int64 = 1 << 53
    /// Sequences go on behind it.
    private static let newestLimit = Int64.max - (1 << 40)

    init(_ ledger: Ledger, index: Int64) {
        lineage = ledger.lineages.last?.bits ?? 0
        self.index = index
        newest = ledger.lastSequence
        accepted = ledger.accepted + ledger.missing
    }

    /// Nil where there is no line that a relay has written.
    init?(path: String) {
        // What is no file (a pipe) must not be waited for.
        guard Volume.isFile(path), let bytes = FileManager.default.contents(atPath: path) else {
            return nil
        }
        let words = String(decoding: bytes, as: UTF8.self).split(
            separator: " ", omittingEmptySubsequences: false)
        let numbers = words.dropLast().map { Int64($0) }
        guard numbers.count == 4, let lineage = numbers[0], let index = numbers[1],
            let newest = numbers[2], let accepted = numbers[3],
            0..<EventID.lineageLimit ~= lineage, 0..<StoreMark.newestLimit ~= newest,
            0..<StoreMark.acceptedLimit ~= accepted
        else { return nil }
        (self.lineage, self.index) = (lineage, index)
        (self.newest, self.accepted) = (newest, accepted)
        guard Array("\(line)\n".utf8) == Array(bytes) else { return nil }
    }

    /// The newest event is there, or known to be missing: then somebody has looked already.
    func isHeld(by connection: Connection) throws -> Bool {
        if newest == 0 { return true }
        if try connection.scalar("SELECT seq FROM events WHERE seq = \(newest)") != nil {
            return true
        }
        return try KnownLoss.readAll(connection).contains { $0.holds(newest) }
    }

    /// As long for each event of a store, and closed by a sum: a line that is not whole, or not
    /// ours, must not accuse a store.
    var line: String {
        let words =
            "\(lineage) \(index) \(StoreMark.digits(newest)) \(StoreMark.digits(accepted))"
        return words + " " + SHA256.digest(Array(words.utf8)).hex.prefix(8)
    }

    private static func digits(_ number: Int64) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, 19 - digits.count)) + digits
    }
}
