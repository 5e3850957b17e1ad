/// Whole results. Each of these leaves the statement reset, whichever way it ends.
extension Statement {
    package func forEachRow(_ body: (Statement) throws -> Void) throws {
        defer { reset() }
        while try step() { try body(self) }
    }

    /// Every row, read by the closure.
    package func rows<T>(_ read: (Statement) -> T) throws(SQLiteError) -> [T] {
        defer { reset() }
        var result: [T] = []
        while try step() { result.append(read(self)) }
        return result
    }

    /// The first row; the others are not computed.
    package func first<T>(_ read: (Statement) -> T) throws(SQLiteError) -> T? {
        defer { reset() }
        return try step() ? read(self) : nil
    }
}
