import CSQLite

extension Connection {
    package enum CheckpointMode: Sendable {
        /// Copies what it can without waiting for anybody.
        case passive
        /// Waits for writers (busy timeout), then copies everything.
        case full
        /// As `full`, and waits for readers, so that the next write starts the log anew.
        case restart
        /// As `restart`, and cuts the log file to nothing.
        case truncate
    }

    package struct CheckpointResult: Sendable, Equatable {
        /// Somebody else was in the way, so that the work is not complete.
        package let busy: Bool
        /// Frames in the log, and how many of them are in the database file by now; both -1 when
        /// the database does not use a write-ahead log or nothing could be looked at.
        package let logFrames: Int
        package let checkpointedFrames: Int
        /// The log holds nothing that the database file lacks.
        package var isComplete: Bool {
            !busy && logFrames >= 0 && checkpointedFrames == logFrames
        }
    }

    package func checkpoint(_ mode: CheckpointMode) throws(SQLiteError) -> CheckpointResult {
        var logFrames: Int32 = -1
        var checkpointedFrames: Int32 = -1
        let code = unsafe sqlite3_wal_checkpoint_v2(
            handle, "main", mode.flag, &logFrames, &checkpointedFrames)
        let isBusy = code & 0xff == SQLITE_BUSY
        guard code == SQLITE_OK || isBusy else {
            throw unsafe SQLiteError(code, on: handle, sql: nil)
        }
        return CheckpointResult(
            busy: isBusy, logFrames: Int(logFrames), checkpointedFrames: Int(checkpointedFrames))
    }

    /// Another number after each commit of this connection, and after it has seen what others
    /// committed or that they began the log anew. Asking does not make it look.
    package var dataVersion: UInt32 {
        var version: UInt32 = 0
        _ = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_DATA_VERSION, &version)
        return version
    }

    /// Runs the body while no connection of any process moves the log into the database, nor can
    /// begin to. Never waits: false, and nothing is run, while one does.
    @discardableResult
    package func betweenCheckpoints(_ body: () -> Void) -> Bool {
        guard unsafe holdfast_sqlite_checkpoint_lock(handle, 1) == SQLITE_OK else { return false }
        body()
        // To give back one's own lock asks nothing of the disk.
        _ = unsafe holdfast_sqlite_checkpoint_lock(handle, 0)
        return true
    }

    /// Whether the log is left as it is when this closes as the last connection: neither moved into
    /// the database nor deleted.
    package func leaveLog(_ leaves: Bool) {
        _ = unsafe holdfast_sqlite_switch(
            handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leaves ? 1 : 0)
    }

    /// Calls the closure after each commit to the write-ahead log, with the log's length in pages.
    ///
    /// SQLite has one such hook, and its automatic checkpoint is one: from the first call on, and
    /// also after nil, checkpoints are the caller's work. The closure runs inside the commit, on
    /// the connection's own queue.
    package func setWALHook(_ onCommit: ((_ pagesInWAL: Int) -> Void)?) {
        guard let onCommit else {
            unsafe sqlite3_wal_hook(handle, nil, nil)
            walHook = nil
            return
        }
        let box = CallbackBox(onCommit)
        unsafe sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                unsafe CallbackBox<(Int) -> Void>.from(context).callback(Int(pages))
                return SQLITE_OK
            }, box.context)
        walHook = box
    }
}

extension Connection.CheckpointMode {
    fileprivate var flag: Int32 {
        switch self {
        case .passive: SQLITE_CHECKPOINT_PASSIVE
        case .full: SQLITE_CHECKPOINT_FULL
        case .restart: SQLITE_CHECKPOINT_RESTART
        case .truncate: SQLITE_CHECKPOINT_TRUNCATE
        }
    }
}
