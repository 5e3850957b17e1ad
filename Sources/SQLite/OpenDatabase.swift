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
    let path = mode == .unchanging ? addressOfUnchanging(path) : path
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
    if mode != .readOnly, mode != .unchanging, unsafe sqlite3_db_readonly(database, "main") == 1 {
        unsafe sqlite3_close_v2(database)
        throw SQLiteError(
            extendedCode: SQLITE_READONLY, message: "the file is write-protected", sql: nil)
    }
    return unsafe database
}

/// SQLite takes this wish in an address only, where some bytes of a path have to be spelled out.
private func addressOfUnchanging(_ path: String) -> String {
    var text = "file:"
    for byte in path.utf8 {
        let isPlain = byte > 32 && byte < 127 && !"%?#".utf8.contains(byte)
        let digits = String(byte, radix: 16)
        text +=
            isPlain ? String(UnicodeScalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
    }
    return text + "?immutable=1"
}

extension Connection.Mode {
    fileprivate var flags: Int32 {
        switch self {
        case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .readWrite: SQLITE_OPEN_READWRITE
        case .readOnly: SQLITE_OPEN_READONLY
        case .unchanging: SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
        }
    }
}
