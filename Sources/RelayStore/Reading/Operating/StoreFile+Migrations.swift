import SQLite

extension StoreFile {
    /// Names of what this binary would still do to an existing database, in their order.
    package func pendingMigrations() throws(StoreError) -> [String] {
        do {
            // Opened the way `openForReading` does, but without demanding that nothing is pending.
            let connection = try Connection(path: path, mode: .readOnly, vfs: vfs)
            defer { connection.close() }
            return try StoreFile.migrator.plan(connection).pending.map(\.name)
        } catch {
            throw storeError(error)
        }
    }

    /// Applies what is pending to an existing database.
    package func migrate(nowMs: Int64) throws(StoreError) {
        do {
            let connection = try Connection(path: path, mode: .readWrite, vfs: vfs)
            defer { connection.close() }
            try StoreFile.migrator.migrate(connection, nowMs: nowMs)
        } catch {
            throw storeError(error)
        }
    }
}
