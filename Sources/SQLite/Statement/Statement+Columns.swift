import CSQLite

/// The current row. Columns are counted from 0, as in SQLite; a plain getter reads NULL as 0 or
/// empty, so use the optional one wherever the schema allows NULL.
extension Statement {
    package var columnCount: Int { unsafe Int(sqlite3_column_count(handle)) }

    package func columnName(_ column: Int) -> String {
        guard let name = unsafe sqlite3_column_name(handle, Int32(column)) else { return "" }
        return unsafe String(cString: name)
    }

    package func isNull(_ column: Int) -> Bool {
        unsafe sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL
    }

    package func int64(_ column: Int) -> Int64 {
        unsafe sqlite3_column_int64(handle, Int32(column))
    }

    package func int(_ column: Int) -> Int { Int(int64(column)) }

    package func double(_ column: Int) -> Double {
        unsafe sqlite3_column_double(handle, Int32(column))
    }

    package func text(_ column: Int) -> String {
        let statement = unsafe handle
        // The pointer first: asking for text may convert the value and so change its length.
        guard let start = unsafe sqlite3_column_text(statement, Int32(column)) else { return "" }
        let count = unsafe Int(sqlite3_column_bytes(statement, Int32(column)))
        return unsafe String(
            decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    package func bytes(_ column: Int) -> [UInt8] {
        withBytes(column) { span in
            unsafe span.withUnsafeBufferPointer { unsafe [UInt8]($0) }
        }
    }

    /// The bytes where SQLite holds them: valid inside the body, which must not step or reset.
    package func withBytes<T>(_ column: Int, _ body: (Span<UInt8>) -> T) -> T {
        let statement = unsafe handle
        // An empty blob has no address.
        let start = unsafe sqlite3_column_blob(statement, Int32(column))
        let count = unsafe start == nil ? 0 : Int(sqlite3_column_bytes(statement, Int32(column)))
        let buffer = unsafe UnsafeRawBufferPointer(start: start, count: count)
        return unsafe body(buffer.assumingMemoryBound(to: UInt8.self).span)
    }

    package func optionalInt64(_ column: Int) -> Int64? {
        isNull(column) ? nil : int64(column)
    }

    package func optionalInt(_ column: Int) -> Int? { isNull(column) ? nil : int(column) }

    package func optionalDouble(_ column: Int) -> Double? {
        isNull(column) ? nil : double(column)
    }

    package func optionalText(_ column: Int) -> String? { isNull(column) ? nil : text(column) }

    package func optionalBytes(_ column: Int) -> [UInt8]? {
        isNull(column) ? nil : bytes(column)
    }
}
