import Dispatch
import SQLite
import Synchronization
import Testing

@Suite struct MigratorTests {
    let folder: TemporaryFolder
    let connection: Connection

    init() throws {
        folder = try TemporaryFolder()
        connection = try folder.open()
    }

    private static func step(_ number: Int, _ sql: String? = nil, name: String = "step")
        -> Migration
    {
        let sql = sql ?? "CREATE TABLE t\(number) (a INTEGER) STRICT"
        return Migration(number: number, name: name, sql: sql, checksum: "sum of \(sql)")
    }

    private static let three = Migrator(migrations: [step(2), step(1), step(3)])

    private func tables() throws -> String? {
        try connection.text(
            "SELECT group_concat(name) FROM (SELECT name FROM sqlite_schema ORDER BY name)")
    }

    private func reason(
        _ body: () throws -> Void
    ) -> MigrationError.Reason? {
        let error = #expect(throws: MigrationError.self, performing: body)
        #expect(error?.description.contains(connection.databasePath) == true)
        return error?.reason
    }

    @Test func `a fresh database gets everything in order`() throws {
        #expect(try Self.three.plan(connection).pending.map(\.number) == [1, 2, 3])
        #expect(try tables() == nil)
        #expect(try Self.three.migrate(connection, nowMs: 77).map(\.number) == [1, 2, 3])
        #expect(try tables() == "schema_migrations,t1,t2,t3")
        let plan = try Self.three.plan(connection)
        #expect(plan.pending.isEmpty)
        #expect(plan.applied.map(\.number) == [1, 2, 3])
        #expect(plan.applied.map(\.appliedAtMs) == [77, 77, 77])
        try Self.three.verify(connection)
    }

    @Test func `what is applied is not applied again, even under another's lock`() throws {
        try Self.three.migrate(connection, nowMs: 1)
        let other = try folder.open()
        try other.execute("BEGIN IMMEDIATE")
        #expect(try Self.three.migrate(connection, nowMs: 2) == [])
    }

    @Test func `a database that is behind gets the rest`() throws {
        try Migrator(migrations: [Self.step(1)]).migrate(connection, nowMs: 1)
        #expect(reason { try Self.three.verify(connection) } == .pending(numbers: [2, 3]))
        #expect(try Self.three.migrate(connection, nowMs: 2).map(\.number) == [2, 3])
        try Self.three.verify(connection)
    }

    @Test func `an edited migration stops everything`() throws {
        try Self.three.migrate(connection, nowMs: 1)
        let edited = Migrator(migrations: [
            Self.step(1), Self.step(2, "CREATE TABLE other (a)", name: "lanes"), Self.step(3),
            Self.step(4),
        ])
        let expected = MigrationError.Reason.edited(number: 2, name: "step")
        #expect(reason { try edited.migrate(connection, nowMs: 2) } == expected)
        #expect(reason { try edited.verify(connection) } == expected)
        #expect(try tables() == "schema_migrations,t1,t2,t3")
    }

    @Test func `a database from the future stops everything`() throws {
        try Self.three.migrate(connection, nowMs: 1)
        let older = Migrator(migrations: [Self.step(1), Self.step(2)])
        let expected = MigrationError.Reason.future(number: 3, name: "step", newestKnown: 2)
        #expect(reason { try older.migrate(connection, nowMs: 2) } == expected)
        #expect(reason { try older.verify(connection) } == expected)
    }

    @Test func `a missing number stops everything`() throws {
        let holed = Migrator(migrations: [Self.step(1), Self.step(3)])
        let inBinary = MigrationError.Reason.gapInMigrations(missing: 2)
        #expect(reason { try holed.migrate(connection, nowMs: 1) } == inBinary)
        #expect(try tables() == nil)
        try Self.three.migrate(connection, nowMs: 1)
        try connection.execute("DELETE FROM schema_migrations WHERE number = 2")
        let inDatabase = MigrationError.Reason.gapInDatabase(missing: 2)
        #expect(reason { try Self.three.migrate(connection, nowMs: 1) } == inDatabase)
    }

    @Test func `a failing migration leaves nothing behind, the earlier ones stay`() throws {
        let migrator = Migrator(migrations: [
            Self.step(1), Self.step(2, "CREATE TABLE half (a); INSERT INTO missing VALUES (1)"),
        ])
        let failed = reason { try migrator.migrate(connection, nowMs: 1) }
        guard case .failed(number: 2, name: "step", let cause) = failed else {
            Issue.record("unexpected: \(String(describing: failed))")
            return
        }
        #expect(cause.message.contains("missing"))
        #expect(try tables() == "schema_migrations,t1")
        #expect(try migrator.plan(connection).pending.map(\.number) == [2])
    }

    @Test func `a migration that would leave dangling references is undone`() throws {
        try connection.execute("PRAGMA foreign_keys = ON")
        let migrator = Migrator(migrations: [
            Self.step(
                1, "CREATE TABLE p (id INTEGER PRIMARY KEY); CREATE TABLE c (p REFERENCES p (id))"),
            Self.step(2, "INSERT INTO c VALUES (1)"),
        ])
        let failed = reason { try migrator.migrate(connection, nowMs: 1) }
        #expect(failed == .foreignKeys(number: 2, name: "step", table: "c"))
        #expect(try connection.scalar("SELECT count(*) FROM c") == 0)
        #expect(try connection.scalar("PRAGMA foreign_keys") == 1)
    }

    @Test func `a referenced table may be rebuilt`() throws {
        try connection.execute("PRAGMA foreign_keys = ON")
        let migrator = Migrator(migrations: [
            Self.step(
                1,
                """
                CREATE TABLE p (id INTEGER PRIMARY KEY);
                CREATE TABLE c (p REFERENCES p (id) ON DELETE CASCADE);
                INSERT INTO p VALUES (1); INSERT INTO c VALUES (1)
                """),
            Self.step(
                2,
                """
                CREATE TABLE p2 (id INTEGER PRIMARY KEY, b INTEGER);
                INSERT INTO p2 SELECT id, 0 FROM p; DROP TABLE p; ALTER TABLE p2 RENAME TO p
                """),
        ])
        try migrator.migrate(connection, nowMs: 1)
        #expect(try connection.scalar("SELECT count(*) FROM c") == 1)
        #expect(try connection.scalar("PRAGMA foreign_keys") == 1)
    }

    @Test func `a writer in the way is named as the reason`() throws {
        let other = try folder.open()
        try other.execute("BEGIN IMMEDIATE")
        let blocked = reason { try Self.three.migrate(connection, nowMs: 1) }
        guard case .database(let cause) = blocked else {
            Issue.record("unexpected: \(String(describing: blocked))")
            return
        }
        #expect(cause.isBusy)
    }

    @Test func `a read-only connection can verify`() throws {
        try Self.three.migrate(connection, nowMs: 1)
        try Self.three.verify(try folder.open("test.db", .readOnly))
    }

    @Test func `two numbers alike are a bug of ours`() async {
        await #expect(processExitsWith: .failure) {
            let twin = Migration(number: 1, name: "a", sql: "", checksum: "")
            _ = Migrator(migrations: [twin, twin])
        }
    }

    @Test func `migrators that race apply each step once`() throws {
        try connection.execute("PRAGMA journal_mode = WAL")
        let path = connection.databasePath
        let migrations = (1...20).map { number in
            Self.step(number)
        }
        let outcomes = Mutex<[Result<[Int], any Error>]>([])
        DispatchQueue.concurrentPerform(iterations: 4) { index in
            let outcome = Result {
                let own = try Connection(path: path, mode: .readWrite, busyTimeoutMs: 60_000)
                return try Migrator(migrations: migrations)
                    .migrate(own, nowMs: Int64(index)).map(\.number)
            }
            outcomes.withLock { $0.append(outcome) }
        }
        let applied = try outcomes.withLock { try $0.flatMap { try $0.get() } }
        #expect(applied.sorted() == Array(1...20))
        try Migrator(migrations: migrations).verify(connection)
    }
}
