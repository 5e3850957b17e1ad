import Testing

@testable import SQLite

struct LogPagesTests {
    private func pages(_ connection: Connection) throws -> Int64 {
        try connection.scalar("PRAGMA page_count") ?? 0
    }

    @Test func `each look adds what has come, and a new round is not mixed with the old`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("log.db")
        let connection = try Connection(path: path, mode: .create)
        try connection.execute(
            """
            PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
            CREATE TABLE t (b BLOB);
            """)
        var log = LogPages(pageBytes: 4096)
        log.read(path + "-wal")
        #expect(log.numbers == Set(1...(try pages(connection))))
        try connection.execute("INSERT INTO t VALUES (zeroblob(50000));")
        #expect(log.numbers.count < Int(try pages(connection)))
        log.read(path + "-wal")
        #expect(log.numbers == Set(1...(try pages(connection))))
        #expect(try connection.checkpoint(.restart).isComplete)
        try connection.execute("PRAGMA user_version = 3;")
        log.read(path + "-wal")
        #expect(log.numbers == [1])
        connection.close()
        log.read(path + "-wal")
        #expect(log.numbers.isEmpty)
    }
}
