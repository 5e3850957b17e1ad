import Foundation
import SQLite

/// A folder of one test, removed with the object that stands for it.
final class TemporaryFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("holdfast-sqlite-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { path + "/" + name }

    func open(
        _ name: String = "test.db", _ mode: Connection.Mode = .create, busyTimeoutMs: Int = 0
    ) throws -> Connection {
        try Connection(path: file(name), mode: mode, busyTimeoutMs: busyTimeoutMs)
    }

    /// A database with a write-ahead log and one table.
    func openWAL(_ name: String = "test.db") throws -> Connection {
        let connection = try open(name)
        try connection.execute(
            "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS t (a INTEGER, b BLOB) STRICT")
        return connection
    }
}

extension Connection {
    func insert(_ number: Int, bytes: Int = 10) throws {
        let statement = try statement("INSERT INTO t (a, b) VALUES (?1, ?2)")
        try statement.bind(1, number)
        try statement.bind(2, [UInt8](repeating: 7, count: bytes))
        try statement.run()
    }
}
