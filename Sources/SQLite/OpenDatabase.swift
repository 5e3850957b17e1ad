import CSQLite

/// Opens the file; a handle that comes back with an error is closed before the error is thrown.
func openDatabase(
    path: String, mode: Connection.Mode, vfs: String?
) throws(SQLiteError) -> OpaquePointer {
    guard !path.isEmpty, !path.utf8.contains(0) else {
        // SQLite would open a nameless temporary file, or cut the path short.
        throw SQLiteError(
            extendedCode: SQLITE_CANTOPEN, message: "the path is empty or holds a NUL", sql: nil)
    }
    _ = SQLiteLibrary.goesWithoutStatistics
    var opened: OpaquePointer?
    let flags = mode.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
    let code = unsafe sqlite3_open_v2(path, &opened, flags, vfs)
    guard code == SQLITE_OK, let database = unsafe opened else {
        // Without a handle there was no memory for one, and only the code is left to tell.
        let error =
            if let database = unsafe opened {
                unsafe SQLiteError(code, on: database, sql: nil)
            } else {
                unsafe SQLiteError(
                    extendedCode: code, message: String(cString: sqlite3_errstr(code)), sql: nil)
            }
        unsafe sqlite3_close_v2(opened)
        throw error
    }
    // SQLite falls back to reading only, without a word, when the file is write-protected.
    if mode != .readOnly, unsafe sqlite3_db_readonly(database, "main") == 1 {
        unsafe sqlite3_close_v2(database)
        throw SQLiteError(
            extendedCode: SQLITE_READONLY, message: "the file is write-protected", sql: nil)
    }
    return unsafe database
}

extension Connection.Mode {
    fileprivate var flags: Int32 {
        switch self {
        case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .readWrite: SQLITE_OPEN_READWRITE
        case .readOnly: SQLITE_OPEN_READONLY
        }
    }
}
