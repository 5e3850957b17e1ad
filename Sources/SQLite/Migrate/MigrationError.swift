/// Why the schema cannot be used or brought up to date: a plain sentence for the operator, saying
/// what, where, and what to do next.
package struct MigrationError: Error, Sendable, Equatable, CustomStringConvertible {
    package enum Reason: Sendable, Equatable {
        /// A migration that was applied has another text in this binary.
        case edited(number: Int, name: String)
        /// The database has been migrated by a newer binary.
        case future(number: Int, name: String, newestKnown: Int)
        /// A number is missing among the binary's migrations.
        case gapInMigrations(missing: Int)
        /// A number is missing among those recorded in the database.
        case gapInDatabase(missing: Int)
        /// The database is behind; only `verify` says so.
        case pending(numbers: [Int])
        /// The migration left rows that point at nothing; it was rolled back.
        case foreignKeys(number: Int, name: String, table: String)
        /// The migration failed and was rolled back.
        case failed(number: Int, name: String, SQLiteError)
        /// The record of migrations could not be read or the lock not be had.
        case database(SQLiteError)
    }

    package let reason: Reason
    package let databasePath: String

    package var description: String {
        switch reason {
        case .edited(let number, let name):
            "Migration \(number) (\(name)) was changed after it had been applied to "
                + "\(databasePath). Use the release that made this database or a later one; a "
                + "change of the schema belongs into a new migration."
        case .future(let number, let name, let newestKnown):
            "\(databasePath) was made by a newer release: it has migration \(number) (\(name)), "
                + "this one knows migrations up to \(newestKnown). Install the newer release, or "
                + "restore a backup from before the upgrade."
        case .gapInMigrations(let missing):
            "This release is broken: its migration \(missing) is missing. \(databasePath) was "
                + "not touched. Install a complete release."
        case .gapInDatabase(let missing):
            "\(databasePath) has later migrations but not migration \(missing), so its schema "
                + "cannot be trusted. Restore a backup."
        case .pending(let numbers):
            "\(databasePath) is older than this release: migration "
                + "\(numbers.map(String.init).joined(separator: ", ")) not applied yet. "
                + "Apply it with 'holdfast migrate', or by starting the relay."
        case .foreignKeys(let number, let name, let table):
            "Migration \(number) (\(name)) was undone: it would leave rows of table \(table) in "
                + "\(databasePath) that refer to missing rows. The data is as before; keep a "
                + "backup and report this."
        case .failed(let number, let name, let error):
            "Migration \(number) (\(name)) failed on \(databasePath) and was undone: \(error). "
                + "Remove the cause and start again."
        case .database(let error):
            "The schema record of \(databasePath) cannot be used: \(error). "
                + (error.isBusy
                    ? "Another process is writing; try again when it is done."
                    : "Check the file and its permissions.")
        }
    }
}
