extension Connection {
    /// The first column of the first row as an integer; nil without a row or when it is NULL.
    package func scalar(_ sql: String) throws(SQLiteError) -> Int64? {
        try prepare(sql).first { $0.optionalInt64(0) } ?? nil
    }

    /// The first column of the first row as text; nil without a row or when it is NULL.
    package func text(_ sql: String) throws(SQLiteError) -> String? {
        try prepare(sql).first { $0.optionalText(0) } ?? nil
    }
}
