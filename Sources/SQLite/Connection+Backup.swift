import CSQLite

extension Connection {
    package struct BackupProgress: Sendable {
        package let remainingPages: Int
        package let totalPages: Int
        /// The step copied nothing because a lock was taken. The closure may wait before it
        /// answers; the step is then tried again.
        package let wasBlocked: Bool
    }

    /// Copies the whole database into the other connection, which must be idle and is overwritten.
    ///
    /// The copy is one snapshot, pinned by a read transaction on this connection: writers go on
    /// meanwhile and cannot make the copy start over, but the log cannot be reset until it ends.
    /// `progress` is asked after every step; false gives up with `isInterrupt`, and then the
    /// target is worthless.
    package func backup(
        to target: Connection, pagesPerStep: Int = 1024, progress: (BackupProgress) -> Bool
    ) throws(SQLiteError) {
        let pinsSnapshot = !isInTransaction
        if pinsSnapshot { try execute("BEGIN DEFERRED") }
        // A read-only transaction has nothing to lose; its COMMIT only lets the snapshot go.
        defer { if pinsSnapshot { try? execute("COMMIT") } }
        _ = try scalar("SELECT count(*) FROM sqlite_schema")
        try copyPages(to: target, pagesPerStep: max(1, pagesPerStep), progress: progress)
    }

    private func copyPages(
        to target: Connection, pagesPerStep: Int, progress: (BackupProgress) -> Bool
    ) throws(SQLiteError) {
        guard let job = unsafe sqlite3_backup_init(target.handle, "main", handle, "main") else {
            let code = unsafe sqlite3_extended_errcode(target.handle)
            throw unsafe SQLiteError(code, on: target.handle, sql: nil)
        }
        var isStopped = false
        var code = SQLITE_OK
        while !isStopped {
            code = unsafe sqlite3_backup_step(job, Int32(clamping: pagesPerStep))
            let primary = code & 0xff
            let wasBlocked = primary == SQLITE_BUSY || primary == SQLITE_LOCKED
            guard code == SQLITE_OK || wasBlocked else { break }
            isStopped = unsafe !progress(
                BackupProgress(
                    remainingPages: Int(sqlite3_backup_remaining(job)),
                    totalPages: Int(sqlite3_backup_pagecount(job)), wasBlocked: wasBlocked))
        }
        let finished = unsafe sqlite3_backup_finish(job)
        if isStopped {
            throw SQLiteError(
                extendedCode: SQLITE_INTERRUPT, message: "the backup was stopped", sql: nil)
        }
        guard code == SQLITE_DONE, finished == SQLITE_OK else {
            throw unsafe SQLiteError(
                code == SQLITE_DONE ? finished : code, on: target.handle, sql: nil)
        }
    }
}
