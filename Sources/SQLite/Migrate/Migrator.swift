/// Brings a database forward, one numbered script at a time, and refuses one that it does not know.
///
/// Each migration is one immediate transaction together with its row in `schema_migrations`, and
/// what is still to do is read again inside it, so that two processes may migrate at once.
package struct Migrator: Sendable {
    package let migrations: [Migration]

    package init(migrations: [Migration]) {
        self.migrations = migrations.sorted { $0.number < $1.number }
        let numbers = Set(migrations.map(\.number))
        precondition(numbers.count == migrations.count, "two migrations have the same number")
    }

    /// Reads what was done and says what is to do; changes nothing.
    package func plan(_ connection: Connection) throws(MigrationError) -> MigrationPlan {
        let applied: [MigrationPlan.Applied]
        do {
            applied = try readApplied(connection)
        } catch {
            throw failure(.database(error), connection)
        }
        if let missing = Self.firstGap(migrations.map(\.number)) {
            throw failure(.gapInMigrations(missing: missing), connection)
        }
        for (row, known) in zip(applied, migrations) where row.number == known.number {
            guard row.checksum == known.checksum else {
                throw failure(.edited(number: row.number, name: row.name), connection)
            }
        }
        if let newest = applied.last, newest.number > migrations.count {
            throw failure(
                .future(
                    number: newest.number, name: newest.name, newestKnown: migrations.count),
                connection)
        }
        if let missing = Self.firstGap(applied.map(\.number)) {
            throw failure(.gapInDatabase(missing: missing), connection)
        }
        return MigrationPlan(
            applied: applied, pending: Array(migrations.dropFirst(applied.count)))
    }

    /// Demands that the database is exactly at this binary's schema; changes nothing.
    package func verify(_ connection: Connection) throws(MigrationError) {
        let pending = try plan(connection).pending
        guard pending.isEmpty else {
            throw failure(.pending(numbers: pending.map(\.number)), connection)
        }
    }

    /// Applies what is pending and returns what this call applied.
    ///
    /// Foreign keys are off meanwhile, so that a script may rebuild a table, and are checked as a
    /// whole before each commit.
    @discardableResult
    package func migrate(
        _ connection: Connection, nowMs: Int64
    ) throws(MigrationError) -> [Migration] {
        guard try !plan(connection).pending.isEmpty else { return [] }
        var done: [Migration] = []
        do {
            let hadForeignKeys = try connection.scalar("PRAGMA foreign_keys") == 1
            try connection.execute("PRAGMA foreign_keys = OFF")
            defer {
                // Without a transaction open this pragma has nothing to fail on.
                if hadForeignKeys { try? connection.execute("PRAGMA foreign_keys = ON") }
            }
            while let migration = try applyNext(connection, nowMs: nowMs) { done.append(migration) }
        } catch let error as MigrationError {
            throw error
        } catch let error as SQLiteError {
            throw failure(.database(error), connection)
        } catch {
            preconditionFailure("unknown error while migrating: \(error)")
        }
        return done
    }

    private func applyNext(_ connection: Connection, nowMs: Int64) throws -> Migration? {
        var current: Migration?
        do {
            return try connection.transaction(.immediate) { connection in
                guard let migration = try plan(connection).pending.first else { return nil }
                current = migration
                try apply(migration, connection, nowMs: nowMs)
                return migration
            }
        } catch {
            let cause = (error as? CommitFailure)?.underlying ?? error as? SQLiteError
            guard let current, let cause else { throw error }
            throw failure(
                .failed(number: current.number, name: current.name, cause), connection)
        }
    }

    private func apply(_ migration: Migration, _ connection: Connection, nowMs: Int64) throws {
        try connection.execute(migration.sql)
        let violation = try connection.prepare("PRAGMA foreign_key_check").first { $0.text(0) }
        if let violation {
            throw failure(
                .foreignKeys(number: migration.number, name: migration.name, table: violation),
                connection)
        }
        try connection.execute(Self.recordTable)
        let record = try connection.statement(
            """
            INSERT INTO schema_migrations (number, name, checksum, applied_at_ms)
            VALUES (?1, ?2, ?3, ?4)
            """)
        try record.bind(1, migration.number)
        try record.bind(2, migration.name)
        try record.bind(3, migration.checksum)
        try record.bind(4, nowMs)
        try record.run()
    }

    private func readApplied(
        _ connection: Connection
    ) throws(SQLiteError) -> [MigrationPlan.Applied] {
        let tables = try connection.scalar(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migrations'")
        guard tables != 0 else { return [] }
        let statement = try connection.prepare(
            "SELECT number, name, checksum, applied_at_ms FROM schema_migrations ORDER BY number")
        return try statement.rows { row in
            MigrationPlan.Applied(
                number: row.int(0), name: row.text(1), checksum: row.text(2),
                appliedAtMs: row.int64(3))
        }
    }

    private static let recordTable = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            number INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            checksum TEXT NOT NULL,
            applied_at_ms INTEGER NOT NULL
        ) STRICT
        """

    /// Numbers start at 1 and leave none out.
    private static func firstGap(_ sortedNumbers: [Int]) -> Int? {
        zip(1..., sortedNumbers).first { $0 != $1 }?.0
    }

    private func failure(
        _ reason: MigrationError.Reason, _ connection: Connection
    ) -> MigrationError {
        MigrationError(reason: reason, databasePath: connection.databasePath)
    }
}
