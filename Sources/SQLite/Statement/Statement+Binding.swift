import CSQLite

/// Parameters are counted from 1, as in SQLite.
extension Statement {
    package func bind(_ index: Int, _ value: Int64) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_int64(handle, Int32(index), value))
    }

    package func bind(_ index: Int, _ value: Int) throws(SQLiteError) {
        try bind(index, Int64(value))
    }

    package func bind(_ index: Int, _ value: Double) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_double(handle, Int32(index), value))
    }

    package func bindNull(_ index: Int) throws(SQLiteError) {
        try check(unsafe sqlite3_bind_null(handle, Int32(index)))
    }

    /// Copied by SQLite; NULs inside are kept.
    package func bind(_ index: Int, _ value: String) throws(SQLiteError) {
        let statement = unsafe handle
        var text = value
        let code = text.withUTF8 { buffer in
            // A nil start would bind NULL.
            guard let start = buffer.baseAddress, !buffer.isEmpty else {
                return unsafe sqlite3_bind_text(
                    statement, Int32(index), "", 0, holdfast_sqlite_transient())
            }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: buffer.count) { text in
                unsafe sqlite3_bind_text64(
                    statement, Int32(index), text, UInt64(buffer.count),
                    holdfast_sqlite_transient(), UInt8(SQLITE_UTF8))
            }
        }
        try check(code)
    }

    /// Copied by SQLite.
    package func bind(_ index: Int, _ value: [UInt8]) throws(SQLiteError) {
        try check(bindBlob(index, value.span, isCopied: true))
    }

    package func bind(_ index: Int, _ value: Int64?) throws(SQLiteError) {
        if let value { try bind(index, value) } else { try bindNull(index) }
    }

    package func bind(_ index: Int, _ value: String?) throws(SQLiteError) {
        if let value { try bind(index, value) } else { try bindNull(index) }
    }

    package func bind(_ index: Int, _ value: [UInt8]?) throws(SQLiteError) {
        if let value { try bind(index, value) } else { try bindNull(index) }
    }

    func bindBlob(_ index: Int, _ bytes: Span<UInt8>, isCopied: Bool) -> Int32 {
        let statement = unsafe handle
        return unsafe bytes.withUnsafeBufferPointer { buffer in
            // A nil start would bind NULL.
            guard let start = buffer.baseAddress, !buffer.isEmpty else {
                return unsafe sqlite3_bind_zeroblob(statement, Int32(index), 0)
            }
            return unsafe sqlite3_bind_blob64(
                statement, Int32(index), start, UInt64(buffer.count),
                isCopied ? holdfast_sqlite_transient() : holdfast_sqlite_static())
        }
    }

    func check(_ code: Int32) throws(SQLiteError) {
        guard code == SQLITE_OK else { throw failure(code) }
    }
}
