import RelayCore
import SQLite
import Synchronization

/// Moves the write-ahead log into the database beside the writer, so that no commit pays for it.
///
/// While events keep coming there is always a newest piece of log that is not yet moved, and the
/// log would grow for ever. So it runs passes until little is left and then asks the writer to
/// move the rest between two groups: a few pages, after which the log starts again at its front.
// Sendable: the connection is touched on `queue` alone, the state under its lock.
final class Checkpointer: @unchecked Sendable {
    private struct State {
        var isRunning = false
        var isClosed = false
        var logBytes = 0
    }

    /// Left for the writer: what it moves in well under the time of one slow sync.
    private static let remainderBytes = 2 * 1_048_576
    private static let passLimit = 8

    private let queue: any WorkQueue
    private let connection: Connection
    let pageBytes: Int
    private let state = Mutex(State())
    /// Set once, before the first event.
    var finishOnWriter: (@Sendable (_ fault: SQLiteError?) -> Void)?

    init(file: StoreFile, queue: any WorkQueue) throws(StoreError) {
        self.queue = queue
        connection = try file.openForChange(besideWriter: true)
        // The log is the writer's to give up, whichever of the two closes last.
        connection.leaveLog(true)
        do {
            pageBytes = Int(try connection.scalar("PRAGMA page_size") ?? 4096)
        } catch {
            throw file.storeError(error)
        }
    }

    /// Called after each commit, on the writer's queue.
    func noteLog(pages: Int) {
        let start = state.withLock { state in
            state.logBytes = pages * pageBytes
            guard state.logBytes >= Limits.logBytesSoft else { return false }
            guard !state.isRunning, !state.isClosed else { return false }
            state.isRunning = true
            return true
        }
        if start { queue.async { self.run() } }
    }

    /// Returns when no pass is in progress. The pass never waits for the writer.
    func waitForPass() {
        queue.sync {}
    }

    /// The checkpointer does not keep up: the writer must move the log itself before it goes on.
    var isOverdue: Bool { state.withLock { $0.logBytes >= Limits.logBytesHard } }

    private func run() {
        var fault: SQLiteError?
        for _ in 0..<Checkpointer.passLimit {
            if state.withLock({ $0.isClosed }) { return }
            do {
                let result = try connection.checkpoint(.passive)
                let left = result.logFrames - result.checkpointedFrames
                if left * pageBytes <= Checkpointer.remainderBytes { break }
            } catch {
                fault = error
                break
            }
        }
        finishOnWriter?(fault)
    }

    func writerFinished() {
        state.withLock { $0.isRunning = false }
    }

    /// Waits for a pass in progress and closes. Called on the writer's queue, which also ends the
    /// last commit, so nothing is left to notice.
    func close() {
        state.withLock { $0.isClosed = true }
        queue.sync { connection.close() }
    }
}
