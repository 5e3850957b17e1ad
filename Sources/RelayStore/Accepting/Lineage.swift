import RelayCore
import SQLite

/// The closing bits of every id issued from one sequence on, until the next lineage begins.
struct Lineage: Sendable {
    let from: Int64
    let bits: Int64

    static func readAll(_ connection: Connection) throws -> [Lineage] {
        let rows = try connection.statement(
            "SELECT from_seq, lineage FROM lineages ORDER BY from_seq")
        defer { rows.reset() }
        var lineages: [Lineage] = []
        while try rows.step() { lineages.append(Lineage(from: rows.int64(0), bits: rows.int64(1))) }
        return lineages
    }

    func insert(_ connection: Connection) throws {
        let statement = try connection.statement(
            "INSERT INTO lineages (from_seq, lineage) VALUES (?1, ?2)")
        try statement.bind(1, from)
        try statement.bind(2, bits)
        try statement.run()
    }

    /// Ids from a sequence on are of a new lineage, whatever was to come from there on before.
    /// Inside a transaction.
    static func begin(_ connection: Connection, from next: Int64) throws {
        let drop = try connection.statement("DELETE FROM lineages WHERE from_seq >= ?1")
        try drop.bind(1, next)
        try drop.run()
        try Lineage(from: next, bits: randomBits()).insert(connection)
    }

    static func randomBits() -> Int64 {
        var generator = SystemRandomNumberGenerator()
        return Int64.random(in: 0..<EventID.lineageLimit, using: &generator)
    }

    static func id(of sequence: Int64, in lineages: [Lineage]) -> EventID {
        let bits = lineages.last { $0.from <= sequence }?.bits ?? lineages.first?.bits ?? 0
        return EventID(sequence: sequence, lineage: bits)
    }
}
