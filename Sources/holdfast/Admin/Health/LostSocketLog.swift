import HTTPServer
import RelayRuntime
import Synchronization

/// Says once when the file of a unix socket is gone, and once when it is there again: whoever took
/// it away may not know that nobody can connect any more.
final class LostSocketLog: Sendable {
    private let sockets: [ListenSocket]
    private let log: Log
    private let lost = Mutex<Set<String>>([])

    init(_ sockets: [ListenSocket], log: Log) {
        self.sockets = sockets
        self.log = log
    }

    /// Called at each beat of the pulse.
    func beat() {
        let paths = Set(sockets.lostPaths)
        let told = lost.withLock { lost in
            defer { lost = paths }
            return lost
        }
        for path in paths.subtracting(told).sorted() {
            log.warning(
                "the file of a socket was removed or replaced: nobody can connect there until a "
                    + "restart", ["path": .text(path)])
        }
        for path in told.subtracting(paths).sorted() {
            log.info("the file of a socket is there again", ["path": .text(path)])
        }
    }
}
