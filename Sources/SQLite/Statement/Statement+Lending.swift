/// Blobs that are bound where they lie, without a copy: SQLite reads the caller's bytes while the
/// statement runs, and no longer.
extension Statement {
    /// Runs to the end with the bytes bound at the index; the other parameters are bound before.
    package func run(blob: Span<UInt8>, at index: Int) throws(SQLiteError) {
        try with(blob: blob, at: index) { () throws(SQLiteError) in try run() }
    }

    package func run(blob: [UInt8], at index: Int) throws(SQLiteError) {
        try run(blob: blob.span, at: index)
    }

    package func run(
        blob first: [UInt8], at firstIndex: Int, blob second: [UInt8], at secondIndex: Int
    ) throws(SQLiteError) {
        try with(blob: first, at: firstIndex, blob: second, at: secondIndex) {
            () throws(SQLiteError) in try run()
        }
    }

    /// Lends the bytes for the length of the body, which must run the statement; a body of several
    /// statements starts with `() throws(SQLiteError) in`. Afterwards the statement is reset and
    /// knows nothing of the bytes any more.
    package func with<T>(
        blob: Span<UInt8>, at index: Int, _ body: () throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T {
        defer { reset() }
        try check(bindBlob(index, blob, isCopied: false))
        return try body()
    }

    package func with<T>(
        blob: [UInt8], at index: Int, _ body: () throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T {
        try with(blob: blob.span, at: index, body)
    }

    /// As above for two blobs at once.
    package func with<T>(
        blob first: Span<UInt8>, at firstIndex: Int, blob second: Span<UInt8>, at secondIndex: Int,
        _ body: () throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T {
        defer { reset() }
        try check(bindBlob(firstIndex, first, isCopied: false))
        try check(bindBlob(secondIndex, second, isCopied: false))
        return try body()
    }

    package func with<T>(
        blob first: [UInt8], at firstIndex: Int, blob second: [UInt8], at secondIndex: Int,
        _ body: () throws(SQLiteError) -> T
    ) throws(SQLiteError) -> T {
        try with(
            blob: first.span, at: firstIndex, blob: second.span, at: secondIndex, body)
    }
}
