import CSQLite

/// What is set once for the whole library, before the first database is opened.
enum SQLiteLibrary {
    /// Nobody asks how much memory SQLite has, and counting it takes a lock for each allocation.
    /// False, and without effect, when something else has set the library up already.
    static let goesWithoutStatistics = holdfast_sqlite_forgo_statistics() == SQLITE_OK
}
