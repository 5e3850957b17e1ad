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
    package var hasFailureNote: Bool {
        vfs == nil && FileManager.default.fileExists(atPath: notePath)
    }

    func noteFailure() {
        guard vfs == nil else { return }
        _ = FileManager.default.createFile(atPath: notePath, contents: nil)
    }

    /// Before the first connection after a failure.
    func startFromDisk() throws(StoreError) {
        guard hasFailureNote else { return }
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
