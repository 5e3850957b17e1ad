import SQLite

extension StoreFile {
    /// Names of what this binary would still do to an existing database, in their order.
    package func pendingMigrations() throws(StoreError) -> [String] {
        let file = try whereItLies()
        try file.requireContent()
        do {
            // Opened the way `openForReading` does, but without demanding that nothing is pending.
            let connection = try Connection(path: file.path, mode: .readOnly, vfs: vfs)
            defer { connection.close() }
            try file.requireStore(connection)
            return try StoreFile.migrator.plan(connection).pending.map(\.name)
        } catch {
            throw file.storeError(error)
        }
    }

    /// Applies what is pending to an existing database.
    package func migrate(nowMs: Int64) throws(StoreError) {
        try requireOwnName()
        try requireContent()
        try requireLog()
        try startFromDisk()
        do {
            let connection = try openExisting()
            defer { close(connection) }
            try StoreFile.migrator.migrate(connection, nowMs: nowMs)
        } catch {
            throw failedWriting(error)
        }
    }

    /// Somebody else's database must not become a store by a slip of the keyboard.
    func requireStore(_ connection: Connection) throws {
        let record = "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_migrations'"
        guard try connection.scalar(record) == 1 else {
            throw StoreError.cannotPrepare(
                path: path, reason: hasLog ? StoreError.noStoreBesideLog : StoreError.noStore)
        }
    }
}
