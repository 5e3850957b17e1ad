import SQLite

/// The names of sources, hooks and destinations and their numbers, as they stood when read.
struct NameTable: Sendable {
    private var namesByNumber: [Int64: String] = [:]
    private var numbers: [NameKind: [(name: String, number: Int64)]] = [:]

    static func read(_ connection: Connection) throws -> NameTable {
        let rows = try connection.statement("SELECT id, kind, name FROM names ORDER BY id")
        defer { rows.reset() }
        var table = NameTable()
        while try rows.step() {
            guard let kind = NameKind(rawValue: rows.text(1)) else { continue }
            let (number, name) = (rows.int64(0), rows.text(2))
            table.namesByNumber[number] = name
            table.numbers[kind, default: []].append((name, number))
        }
        return table
    }

    func name(_ number: Int64) -> String? { namesByNumber[number] }

    func known(_ kind: NameKind) -> [String] { (numbers[kind] ?? []).map(\.name).sorted() }

    func numbers(_ kind: NameKind) -> [Int64] { (numbers[kind] ?? []).map(\.number) }

    func number(_ name: String, kind: NameKind) throws(UnknownName) -> Int64 {
        guard let entry = numbers[kind]?.first(where: { $0.name == name }) else {
            throw UnknownName(kind: kind, name: name, known: known(kind))
        }
        return entry.number
    }
}
