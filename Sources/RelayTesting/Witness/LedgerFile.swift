import Foundation

/// A ledger that another process appends to, read as it grows.
final class LedgerFile {
    let path: String
    private var offset: UInt64 = 0
    private var rest = Data()

    init(path: String) {
        self.path = path
    }

    /// The whole lines that have come since the last call.
    func newLines() throws -> [Data] {
        // Before the program's first line there is no file.
        guard let handle = FileHandle(forReadingAtPath: path) else { return [] }
        defer { try? handle.close() }
        try handle.seek(toOffset: offset)
        guard let new = try handle.readToEnd() else { return [] }
        offset += UInt64(new.count)
        rest += new
        guard let end = rest.lastIndex(of: 10) else { return [] }
        let whole = rest[..<end]
        rest = Data(rest[(end + 1)...])
        return whole.split(separator: 10).map { Data($0) }
    }
}

extension Data {
    /// The first words of a line, and what follows them as it stands.
    func words(_ count: Int) -> (words: [String], rest: Data)? {
        let parts = split(separator: 32, maxSplits: count, omittingEmptySubsequences: false)
        guard parts.count >= count else { return nil }
        return (
            parts.prefix(count).map { String(decoding: $0, as: UTF8.self) },
            parts.count > count ? Data(parts[count]) : Data()
        )
    }
}
