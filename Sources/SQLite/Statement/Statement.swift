import CSQLite

/// One compiled statement. Raw pointer: `pointer` stays valid until `finalize`, which the
/// connection calls for its cached statements and `deinit` for the others.
///
/// Life of one use: bind, step to the end (or `run`, `forEachRow`, `first`, `rows`). The last row,
/// an error and `reset` all bring it back to the start and drop its bindings.
@safe
package final class Statement {
    package let sql: String
    private var pointer: OpaquePointer?

    init(_ pointer: OpaquePointer, sql: String) {
        unsafe self.pointer = pointer
        self.sql = sql
    }

    deinit { finalize() }

    /// Its result code only repeats the last step's error, which has been thrown.
    func finalize() {
        unsafe sqlite3_finalize(pointer)
        unsafe pointer = nil
    }

    var handle: OpaquePointer {
        guard let live = unsafe pointer else {
            preconditionFailure("statement used after its connection was closed: \(sql)")
        }
        return unsafe live
    }

    /// True while rows are being read.
    package var isStepping: Bool { unsafe sqlite3_stmt_busy(handle) != 0 }

    /// Goes on to the next row; false at the end.
    package func step() throws(SQLiteError) -> Bool {
        let statement = unsafe handle
        let code = unsafe sqlite3_step(statement)
        if code == SQLITE_ROW { return true }
        let error = code == SQLITE_DONE ? nil : failure(code)
        reset()
        if let error { throw error }
        return false
    }

    /// Steps to the end and drops the rows.
    package func run() throws(SQLiteError) {
        while try step() {}
    }

    package func reset() {
        // The code would repeat the error of the last step, which has been thrown.
        unsafe sqlite3_reset(handle)
        clearBindings()
    }

    func clearBindings() {
        unsafe sqlite3_clear_bindings(handle)
    }

    func failure(_ code: Int32) -> SQLiteError {
        unsafe SQLiteError(code, on: sqlite3_db_handle(handle), sql: sql)
    }
}
