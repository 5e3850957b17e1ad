// SQLite: the one door to libsqlite3.
//
// What it is for. A thin, typed face over one database file: connections, cached statements,
// transactions as synchronous closures, checkpoints, online backup, and numbered migrations.
//
// What it promises. One class owns one C handle and releases it. Every failure is a `SQLiteError`
// whose text was read at the failing call. A statement that came to its end (last row, error,
// `reset`) is ready for new bindings and holds none of the old ones. A transaction that does not
// return normally leaves nothing behind.
//
// What it must never do. Log, retry a failed commit or sync, change a setting that its caller did
// not ask for (journal mode, synchronous, foreign keys are the store's choice), put a bound value
// into an error, or let a C type out.
//
// How it fails. Faults of the disk, the file or the SQL are thrown. Misuse that only our own code
// can commit (a cached statement used while it is being stepped, use after `close`) stops the
// process.
//
// Connections are opened without SQLite's own mutex: a connection and its statements belong to one
// queue at a time, and neither is Sendable. Only `InterruptHandle` may cross.

import CSQLite

/// One open database. Raw pointer: `pointer` is set by `init` and stays valid until `close`.
@safe
package final class Connection {
    package enum Mode: Sendable {
        /// Reading and writing; the file is made when it is missing.
        case create
        case readWrite
        case readOnly
        /// Reading a file that nobody changes meanwhile, without its log and the log's index.
        case unchanging
    }

    package static var libraryVersion: String { unsafe String(cString: sqlite3_libversion()) }

    package let databasePath: String
    package let interruptHandle: InterruptHandle
    /// What others write is not seen, and may make what is read no sense.
    package let isUnchanging: Bool

    private var pointer: OpaquePointer?
    /// The keys are constants of the code, which is what bounds this cache.
    private var cachedStatements: [String: Statement] = [:]
    /// What the C callbacks point at; owned here for as long as they are installed.
    var walHook: CallbackBox<(Int) -> Void>?
    var progressHandler: CallbackBox<ProgressHandler>?

    /// Opens the file and sets the busy timeout; nothing is read yet, so a file that is no
    /// database is only found out by the first statement.
    package init(
        path: String, mode: Mode, vfs: String? = nil, busyTimeoutMs: Int = 5000
    ) throws(SQLiteError) {
        let opened = try unsafe openDatabase(path: path, mode: mode, vfs: vfs)
        databasePath = path
        isUnchanging = mode == .unchanging
        unsafe pointer = opened
        interruptHandle = unsafe InterruptHandle(opened)
        unsafe sqlite3_busy_timeout(opened, Int32(clamping: busyTimeoutMs))
        // A misspelt column in double quotes must be an error, not a string.
        _ = unsafe holdfast_sqlite_switch(opened, SQLITE_DBCONFIG_DQS_DML, 0)
        _ = unsafe holdfast_sqlite_switch(opened, SQLITE_DBCONFIG_DQS_DDL, 0)
    }

    deinit { close() }

    /// Ends the connection; an open transaction is rolled back. Cached statements die with it.
    package func close() {
        guard let open = unsafe pointer else { return }
        interruptHandle.detach()
        // A statement from `prepare` that is still held keeps the C object alive until it goes
        // (v2 below), but it must not keep the write lock or call our closures.
        rollBack()
        for statement in cachedStatements.values { statement.finalize() }
        cachedStatements.removeAll()
        setWALHook(nil)
        setProgressHandler(everyInstructions: 0, nil)
        unsafe sqlite3_close_v2(open)
        unsafe pointer = nil
    }

    /// The open C handle.
    var handle: OpaquePointer {
        guard let open = unsafe pointer else {
            preconditionFailure("connection used after close")
        }
        return unsafe open
    }

    // MARK: Statements

    /// Runs every statement of the script in order; rows are dropped. Not for the hot path.
    package func execute(_ script: String) throws(SQLiteError) {
        var rest = Substring(script)
        while !rest.isEmpty {
            let (statement, bytesUsed) = try prepare(rest, persistent: false)
            guard let statement else { return }
            try statement.run()
            rest = Substring(rest.utf8.dropFirst(bytesUsed))
        }
    }

    /// The statement for a constant SQL text, compiled once per connection and free of bindings.
    ///
    /// Asking for it again while its rows are still being read is a bug: both users would share
    /// one cursor.
    package func statement(_ sql: String) throws(SQLiteError) -> Statement {
        if let cached = cachedStatements[sql] {
            precondition(!cached.isStepping, "statement is already being stepped: \(sql)")
            cached.clearBindings()
            return cached
        }
        let statement = try single(sql, persistent: true)
        cachedStatements[sql] = statement
        return statement
    }

    /// A statement of its own, outside the cache: for SQL that is put together at run time.
    package func prepare(_ sql: String) throws(SQLiteError) -> Statement {
        try single(sql, persistent: false)
    }

    private func single(_ sql: String, persistent: Bool) throws(SQLiteError) -> Statement {
        let (statement, bytesUsed) = try prepare(Substring(sql), persistent: persistent)
        let rest = sql.utf8.dropFirst(bytesUsed)
        guard let statement, rest.allSatisfy({ " \t\r\n;".utf8.contains($0) }) else {
            throw SQLiteError(
                extendedCode: SQLITE_MISUSE, message: "expected exactly one statement", sql: sql)
        }
        return statement
    }

    /// Compiles the first statement of the text; nil when only blanks and comments are left.
    private func prepare(
        _ text: Substring, persistent: Bool
    ) throws(SQLiteError) -> (statement: Statement?, bytesUsed: Int) {
        // SQLite stops at a NUL, and what follows would silently not run.
        guard !text.utf8.contains(0) else {
            throw SQLiteError(
                extendedCode: SQLITE_MISUSE, message: "SQL text holds a NUL", sql: nil)
        }
        let database = unsafe handle
        let flags = persistent ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        var compiled: OpaquePointer?
        var bytesUsed = 0
        var source = text
        let code = source.withUTF8 { buffer in
            guard let start = buffer.baseAddress else { return SQLITE_OK }
            return unsafe start.withMemoryRebound(to: CChar.self, capacity: buffer.count) { sql in
                var tail: UnsafePointer<CChar>?
                let code = unsafe sqlite3_prepare_v3(
                    database, sql, Int32(clamping: buffer.count), flags, &compiled, &tail)
                if let tail = unsafe tail { bytesUsed = unsafe tail - sql }
                return code
            }
        }
        guard code == SQLITE_OK else {
            throw unsafe SQLiteError(code, on: database, sql: String(text))
        }
        guard let compiled = unsafe compiled else { return (nil, bytesUsed) }
        let sql = Substring(text.utf8.prefix(bytesUsed))
        return unsafe (Statement(compiled, sql: String(sql)), bytesUsed)
    }

    // MARK: State

    /// Rows changed by the last INSERT, UPDATE or DELETE.
    package var changes: Int { unsafe Int(sqlite3_changes64(handle)) }
    /// Rows changed since the connection was opened.
    package var totalChanges: Int { unsafe Int(sqlite3_total_changes64(handle)) }
    package var lastInsertRowID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }
    package var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }
}
