import HTTPServer
import RelayRuntime
import Synchronization

/// Says once when the file of a unix socket is gone, and once when it is there again: whoever took
/// it away may not know that nobody can connect any more.
final class LostSocketLog: Sendable {
    private let sockets: [ListenSocket]
    private let log: Log
    private let lostPath = Mutex<String?>(nil)

    init(_ sockets: [ListenSocket], log: Log) {
        self.sockets = sockets
        self.log = log
    }

    /// Called at each beat of the pulse.
    func beat() {
        let path = sockets.lostPath
        let told = lostPath.withLock { lost in
            defer { lost = path }
            return lost
        }
        guard path != told else { return }
        if let path {
            log.warning(
                "the file of a socket was removed or replaced: nobody can connect there until a "
                    + "restart", ["path": .text(path)])
        } else if let told {
            log.info("the file of a socket is there again", ["path": .text(told)])
        }
    }
}
