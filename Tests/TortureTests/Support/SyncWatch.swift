import RelayStore
import RelayTesting
import Synchronization

/// Waits for the verdicts of one group and looks at the disk at the very moment of each: what is
/// acknowledged must be beyond the reach of a power cut by then.
final class SyncWatch: AcceptWaiter {
    private let disk: FaultyFileSystem
    private let file: StoreFile
    private let early = Mutex(false)
    let verdict = Mailbox<Acceptance>()

    init(disk: FaultyFileSystem, file: StoreFile) {
        self.disk = disk
        self.file = file
    }

    var wasEarly: Bool { early.withLock { $0 } }

    func finished(_ acceptance: Acceptance) {
        if case .refused = acceptance {
        } else if disk.isUnsynced(file.logPath) {
            early.withLock { $0 = true }
        }
        verdict.put(acceptance)
    }
}
