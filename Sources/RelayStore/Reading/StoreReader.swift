import RelayCore
import SQLite

/// Answers an operator's questions beside a running relay, or without one, also on a copy.
///
/// Every answer is read in one short transaction of at most `pageRows` rows per table, which has
/// ended before the caller sees anything: whoever reads slowly delays nobody. Its own connection,
/// used by one thread at a time.
package final class StoreReader {
    /// Rows read from one table in one transaction.
    package static let pageRows = 500

    let connection: Connection
    let file: StoreFile
    private let rest: Rest
    private(set) var names: NameTable
    private(set) var lineages: [Lineage]

    package init(file: StoreFile) throws(StoreError) {
        let file = try file.whereItLies()
        self.file = file
        rest = Rest(file)
        connection = try file.openForReading()
        do {
            names = try NameTable.read(connection)
            lineages = try Lineage.readAll(connection)
        } catch {
            throw file.storeError(error)
        }
    }

    /// Ends a statement that runs while the closure says so; what was asked fails.
    package func stop(when shouldStop: @escaping () -> Bool) {
        connection.setProgressHandler(everyInstructions: 10_000, shouldStop)
    }

    /// The last relay did not stop in good order, its log is not there, and events are missing, or
    /// nobody can say.
    package func lacksLog(_ report: AuditReport) -> Bool {
        file.hasLostLog
            && (file.hasUnreadableMark || report.losses.contains { $0.foundAt == nil })
    }

    package func close() { connection.close() }

    /// Names in use, for messages and completion.
    package func knownNames(_ kind: NameKind) -> [String] { names.known(kind) }

    func eventID(_ sequence: Int64) -> EventID { Lineage.id(of: sequence, in: lineages) }

    /// A relay that runs beside us may have met new names since this reader was opened.
    func name(_ number: Int64) throws -> String {
        if let name = names.name(number) { return name }
        names = try NameTable.read(connection)
        return names.name(number) ?? "#\(number)"
    }

    func refreshNames() throws {
        names = try NameTable.read(connection)
        lineages = try Lineage.readAll(connection)
    }

    /// Of the event that was stored last; 0 in an empty store.
    package func newestSequence() throws(StoreError) -> Int64 {
        try snapshot { try $0.scalar("SELECT max(seq) FROM events") ?? 0 }
    }

    /// One snapshot for everything that `body` reads. Only for reads whose size is bounded.
    func snapshot<T>(_ body: (Connection) throws -> T) throws(StoreError) -> T {
        do {
            let result = try connection.transaction(.deferred, body)
            try rest.require(connection)
            return result
        } catch {
            try rest.require(connection)
            throw file.storeError(error)
        }
    }
}
