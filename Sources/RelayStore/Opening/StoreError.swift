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
        case .database(let path, let error): "\(path): \(error)"
        }
    }
}
