import FoundationEssentials
import SQLite

/// What must be done after a failed write or sync before the store is used again.
///
/// Linux marks the pages of a failed write as clean: they stay in memory as if they were on the
/// disk. A new process that reads them builds on them, a sync says "done" without writing them, and
/// a later power cut takes them away from under all that was stored since. So the failing process
/// leaves a note beside the database, and whoever opens it next makes the kernel forget the files,
/// which are then read from the disk.
extension StoreFile {
    /// Only its existence counts, and only as long as the machine is up: a power cut empties the
    /// memory anyway. So it need not be synced.
    private var notePath: String { path + "-failed" }

    /// A process before this one was stopped by its disk.
    package var hasFailureNote: Bool { FileManager.default.fileExists(atPath: notePath) }

    /// False when it could not be left: the next start would trust the memory, so somebody must be
    /// told.
    func noteFailure() -> Bool {
        FileManager.default.createFile(atPath: notePath, contents: nil) || hasFailureNote
    }

    /// What a failed write or opening is told as. Who is killed while its log is not yet synced
    /// leaves that to whoever opens the store next, so any opening or change may be the one whose
    /// sync fails: it leaves the note, too.
    func failedWriting(_ error: any Error) -> StoreError {
        if let cause = Self.cause(of: error), cause.isIOFailure, !cause.isFull, !noteFailure() {
            return .unnoted(path: path, cause)
        }
        return storeError(error)
    }

    private static func cause(of error: any Error) -> SQLiteError? {
        switch error {
        case let error as SQLiteError: return error
        case let error as CommitFailure: return error.underlying
        case let error as StoreError:
            if case .database(_, let cause) = error { return cause }
        case let error as MigrationError:
            switch error.reason {
            case .failed(_, _, let cause), .database(let cause): return cause
            default: break
            }
        default: break
        }
        return nil
    }

    /// Before the first connection after a failure. Where the writer lives there are connections
    /// already. A file system of the tests' making forgets when the test says so.
    func startFromDisk() throws(StoreError) {
        guard vfs == nil, hasFailureNote, !WriterAtHome.lives(in: path) else { return }
        for file in [path, logPath] where !Volume.forgetMemory(of: file) {
            throw .cannotPrepare(
                path: file,
                reason: "the disk failed when it was last written, and fails again; "
                    + "the store is as the disk has it, see to the disk")
        }
    }

    func forgetFailure() {
        guard hasFailureNote else { return }
        try? FileManager.default.removeItem(atPath: notePath)
    }
}
