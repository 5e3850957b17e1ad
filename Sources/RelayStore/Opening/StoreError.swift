package import SQLite

/// Why the store cannot do its job. Every sentence says what, where and what to do next.
package enum StoreError: Error, Sendable, CustomStringConvertible {
    /// Another process owns the store.
    case owned(directory: String, by: String)
    case cannotPrepare(path: String, reason: String)
    /// An operator command found no database.
    case missing(path: String)
    /// The file was written by another version, or its migrations were edited.
    case schema(MigrationError)
    case database(path: String, SQLiteError)

    package var description: String {
        switch self {
        case .owned(let directory, let holder):
            "\(directory) is in use by \(holder); stop that relay first, or give this one "
                + "a dataDirectory of its own"
        case .cannotPrepare(let path, let reason):
            "\(path): \(reason)"
        case .missing(let path):
            "\(path): no database here; name it with --db FILE or --config FILE, "
                + "or set HOLDFAST_DB"
        case .schema(let error): "\(error)"
        case .database(let path, let error):
            StoreError.advice(error).map { "\(path): \($0) (\(error))" } ?? "\(path): \(error)"
        }
    }

    /// What an operator can do about it; nil where only the words of SQLite say more.
    private static func advice(_ error: SQLiteError) -> String? {
        if error.isNotADatabase { return noStore }
        if error.isCantOpen {
            return "cannot be opened; check the path, and that this user may read and write there"
        }
        if error.isReadOnly {
            return "may not be written by this user, which reading beside a log needs, too; run "
                + "this as the user that the relay runs as"
        }
        if error.isFull { return "the disk is full; make room and do it again" }
        if error.isBusy { return "another process kept it locked; try again in a moment" }
        if error.isCorrupt {
            return "is damaged; 'holdfast verify' says where, a good backup replaces it"
        }
        return nil
    }

    static let noStore = "is no Holdfast database; name holdfast.db or a backup of it"
}
