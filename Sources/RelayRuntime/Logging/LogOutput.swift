import Dispatch
import Glibc
import Synchronization

/// Writes lines to a descriptor and never waits for it. While nobody reads (a full pipe, a stopped
/// journal) lines are kept up to a bound, then dropped and counted; whoever reads again is told how
/// many are missing. A descriptor that takes nothing at all (closed, a full disk) costs the line.
// Sendable: everything is touched under the lock.
final class LogOutput: Sendable {
    private struct State {
        var waiting: [UInt8] = []
        var lostLines = 0
        var isDraining = false
    }

    /// What a pipe takes without blocking once it says that it takes anything, bytes.
    private static let pieceBytes = 4096
    private static let pollMs: Int32 = 1000

    private let descriptor: Int32
    private let limitBytes: Int
    private let notice: @Sendable (_ lostLines: Int) -> [UInt8]
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "holdfast.log", qos: .utility)

    init(
        descriptor: Int32, limitBytes: Int,
        notice: @escaping @Sendable (_ lostLines: Int) -> [UInt8]
    ) {
        self.descriptor = descriptor
        self.limitBytes = limitBytes
        self.notice = notice
    }

    func write(_ line: [UInt8]) {
        let mustDrain = state.withLock { state in
            if state.waiting.isEmpty, state.lostLines == 0 {
                state.waiting = rest(of: line)
            } else if state.waiting.count + line.count <= limitBytes {
                state.waiting += line
            } else {
                state.lostLines += 1
            }
            guard !state.waiting.isEmpty, !state.isDraining else { return false }
            state.isDraining = true
            return true
        }
        if mustDrain { queue.async { self.drain() } }
    }

    /// Waits for a reader on a thread of its own, where nobody else waits.
    private func drain() {
        while true {
            _ = isWritable(waitMs: LogOutput.pollMs)
            let isDone = state.withLock { state in
                state.waiting = rest(of: state.waiting)
                guard state.waiting.isEmpty else { return false }
                if state.lostLines > 0 {
                    state.waiting = notice(state.lostLines)
                    state.lostLines = 0
                    return false
                }
                state.isDraining = false
                return true
            }
            if isDone { return }
        }
    }

    /// Writes what can be written at once and returns what cannot.
    private func rest(of bytes: [UInt8]) -> [UInt8] {
        var written = 0
        while written < bytes.count {
            guard isWritable(waitMs: 0) else { return Array(bytes[written...]) }
            let piece = bytes[written..<min(written + LogOutput.pieceBytes, bytes.count)]
            let count = unsafe piece.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return Array(bytes[written...]) }
            // Nobody will ever read it; the work goes on.
            guard count > 0 else { return [] }
            written += count
        }
        return []
    }

    private func isWritable(waitMs: Int32) -> Bool {
        var asked = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return unsafe poll(&asked, 1, waitMs) > 0
    }
}
