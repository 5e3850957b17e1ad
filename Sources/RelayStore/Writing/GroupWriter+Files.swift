import RelayCore
import SQLite

/// Whether the files are still what the promises rest on.
extension GroupWriter {
    /// Looked at after each commit that an answer rests on, and now and then beside that. What a
    /// log without a name holds is saved into the database first.
    func checkFiles() {
        filesCheckedNs = clock.monotonicNanoseconds
        if files.isUnmeasured { measureDatabase() }
        switch files.finding {
        case .allThere: return
        case .cutShort(let what):
            // Another process's `erase` cuts the log, and its pruning the database.
            if isChangedByOthers {
                files.forgetSizes()
                return checkFiles()
            }
            fail(StoreFailure(operation: what, reason: nil))
        case .gone(let what): fail(StoreFailure(operation: what, reason: nil))
        case .logGone(let what):
            // Then nobody misses it.
            if checkpoint() { _ = file.unmark() }
            fail(StoreFailure(operation: what, reason: nil))
        }
    }

    func checkFilesNowAndThen() {
        guard clock.monotonicNanoseconds - filesCheckedNs >= FreeSpace.freshNanoseconds else {
            return
        }
        checkFiles()
    }

    /// Since the last commit here.
    private var isChangedByOthers: Bool {
        // A read makes the connection look.
        _ = try? ledger.connection.scalar("PRAGMA data_version")
        return ledger.connection.dataVersion != files.version
    }

    /// After what may have made the database's file longer in good order.
    func measureDatabase() {
        guard files.isWatching else { return }
        let wasMeasured = ledger.connection.betweenCheckpoints {
            let free = noteDatabase()
            files.measure(freePages: free)
        }
        if !wasMeasured { noteDatabase() }
    }

    /// After what may have made the database shorter.
    /// - Returns: pages of it that hold nothing.
    @discardableResult
    func noteDatabase() -> Int64 {
        guard files.isWatching else { return 0 }
        var sizes: (pages: Int64, free: Int64)?
        do {
            // Both of one moment.
            try ledger.connection.transaction(.deferred) { connection in
                guard let pages = try connection.scalar("PRAGMA page_count") else { return }
                sizes = (pages, try connection.scalar("PRAGMA freelist_count") ?? 0)
            }
        } catch {
            noteReadFailure(error)
        }
        guard let sizes else {
            files.forgetSizes()
            return 0
        }
        files.noteDatabase(pages: sizes.pages, version: ledger.connection.dataVersion)
        return sizes.free
    }
}
