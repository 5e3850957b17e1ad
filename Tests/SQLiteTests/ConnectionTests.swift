import Foundation
import SQLite
import Testing

@Suite struct ConnectionTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `a missing file is an error unless it may be made`() throws {
        let error = #expect(throws: SQLiteError.self) { try folder.open("a.db", .readWrite) }
        #expect(error?.isCantOpen == true)
        #expect(error?.systemErrorNumber == ENOENT)
        _ = try folder.open("a.db", .create)
        _ = try folder.open("a.db", .readWrite)
    }

    @Test(arguments: ["", "/", "a\0b", "missing/a.db"])
    func `a path that cannot be opened is an error`(_ name: String) throws {
        let path = name.hasPrefix("missing") ? folder.file(name) : name
        let error = #expect(throws: SQLiteError.self) { try Connection(path: path, mode: .create) }
        #expect(error?.isCantOpen == true)
    }

    @Test func `an unknown file system layer is an error`() throws {
        let error = #expect(throws: SQLiteError.self) {
            try Connection(path: folder.file("a.db"), mode: .create, vfs: "no-such-layer")
        }
        #expect(error?.message.contains("no-such-layer") == true)
    }

    @Test(.enabled(if: geteuid() != 0, "root may write to everything"))
    func `a write-protected file is not quietly opened for reading`() throws {
        try folder.openWAL().close()
        let attributes = [FileAttributeKey.posixPermissions: 0o400]
        try FileManager.default.setAttributes(attributes, ofItemAtPath: folder.file("test.db"))
        let error = #expect(throws: SQLiteError.self) { try folder.open("test.db", .readWrite) }
        #expect(error?.isReadOnly == true)
    }

    @Test func `a file that is no database is found out by the first statement`() throws {
        let text = String(repeating: "this is no database\n", count: 100)
        try text.write(toFile: folder.file("a.db"), atomically: false, encoding: .utf8)
        let connection = try folder.open("a.db")
        let error = #expect(throws: SQLiteError.self) {
            try connection.scalar("SELECT count(*) FROM sqlite_schema")
        }
        #expect(error?.isNotADatabase == true)
    }

    @Test func `a damaged page is reported as corruption`() throws {
        let connection = try folder.open()
        try connection.execute("CREATE TABLE t (a INTEGER, b BLOB) STRICT")
        for number in 0..<50 { try connection.insert(number, bytes: 1000) }
        connection.close()
        let file = try #require(FileHandle(forUpdatingAtPath: folder.file("test.db")))
        try file.seek(toOffset: 4096)
        try file.write(contentsOf: Data(repeating: 0xee, count: 4096))
        try file.close()
        let error = #expect(throws: SQLiteError.self) {
            try folder.open().scalar("SELECT sum(a) FROM t")
        }
        #expect(error?.isCorrupt == true)
    }

    @Test func `a full database says so`() throws {
        let connection = try folder.openWAL()
        try connection.execute("PRAGMA max_page_count = 4")
        let error = #expect(throws: SQLiteError.self) {
            for number in 0..<100 { try connection.insert(number, bytes: 1000) }
        }
        #expect(error?.isFull == true)
    }

    @Test func `a read-only connection refuses to write`() throws {
        try folder.openWAL().close()
        let reader = try folder.open("test.db", .readOnly)
        let error = #expect(throws: SQLiteError.self) { try reader.insert(1) }
        #expect(error?.isReadOnly == true)
        #expect(try reader.scalar("SELECT count(*) FROM t") == 0)
    }

    @Test func `a second writer is told that the database is busy`() throws {
        let first = try folder.openWAL()
        let second = try folder.open()
        try first.transaction { _ in
            let error = #expect(throws: SQLiteError.self) {
                try second.transaction { _ in Issue.record("two writers at once") }
            }
            #expect(error?.isBusy == true)
        }
        try second.transaction { try $0.insert(1) }
    }

    @Test func `a script runs every statement and stops at the first bad one`() throws {
        let connection = try folder.open()
        try connection.execute("")
        try connection.execute(" -- only a comment\n")
        try connection.execute("CREATE TABLE a (x); -- one\nINSERT INTO a VALUES ('é;'), (2);;\n")
        #expect(try connection.scalar("SELECT count(*) FROM a") == 2)
        let error = #expect(throws: SQLiteError.self) {
            try connection.execute("DELETE FROM a; SELEKT; DROP TABLE a")
        }
        #expect(error?.message.contains("SELEKT") == true)
        #expect(try connection.scalar("SELECT count(*) FROM a") == 0)
    }

    @Test func `text behind a NUL is not quietly left out`() throws {
        let connection = try folder.open()
        #expect(throws: SQLiteError.self) { try connection.execute("SELECT 1;\0SELECT 2") }
        #expect(throws: SQLiteError.self) { try connection.statement("SELECT 1\0") }
    }

    @Test func `a name in double quotes is never taken for a string`() throws {
        let connection = try folder.openWAL()
        let error = #expect(throws: SQLiteError.self) {
            try connection.scalar("SELECT count(*) FROM t WHERE a = \"misspelt\"")
        }
        #expect(error?.message.contains("misspelt") == true)
    }

    @Test func `changes and row ids are counted`() throws {
        let connection = try folder.openWAL()
        for number in 1...3 { try connection.insert(number) }
        #expect(connection.lastInsertRowID == 3)
        try connection.execute("UPDATE t SET a = a + 1 WHERE a > 1")
        #expect(connection.changes == 2)
        #expect(connection.totalChanges == 5)
        #expect(connection.databasePath == folder.file("test.db"))
        #expect(Connection.libraryVersion.hasPrefix("3."))
    }

    @Test func `scalar and text answer nil without a row and for NULL`() throws {
        let connection = try folder.openWAL()
        #expect(try connection.scalar("SELECT a FROM t") == nil)
        #expect(try connection.scalar("SELECT NULL") == nil)
        #expect(try connection.scalar("SELECT 7") == 7)
        #expect(try connection.text("SELECT NULL") == nil)
        #expect(try connection.text("PRAGMA journal_mode") == "wal")
    }

    @Test func `closing rolls back, may be repeated and lets other connections in`() throws {
        let first = try folder.openWAL()
        try first.execute("BEGIN IMMEDIATE")
        try first.insert(1)
        let held = try first.prepare("SELECT 1")
        _ = try held.step()
        held.reset()
        first.close()
        first.close()
        let second = try folder.open()
        try second.insert(2)
        #expect(try second.text("SELECT group_concat(a) FROM t") == "2")
    }

    @Test func `use after close stops the process`() async {
        await #expect(processExitsWith: .failure) {
            let connection = try Connection(path: ":memory:", mode: .create)
            connection.close()
            try connection.execute("SELECT 1")
        }
    }
}
