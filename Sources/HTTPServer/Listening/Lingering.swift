// Of the system's headers that it takes in, `SHUT_WR`: a release build does not find Glibc's.
import CMicroHTTPD
import Dispatch
import Glibc

/// Keeps a refused connection's socket open for a moment after the library has closed its own
/// descriptor, throwing away what the client still sends. Closing at once would reset the
/// connection, and the reset may overtake the answer that says why (RFC 9112, section 9.6).
// Sendable: all that changes is touched on `queue` only.
final class Lingering: @unchecked Sendable {
    private static let maxSockets = 256
    private static let lingerMs = 1_000
    private static let scratchBytes = 65_536

    private let queue = DispatchQueue(label: "http.linger")
    private var sources: [Int32: (source: any DispatchSourceRead, turn: UInt64)] = [:]
    /// Tells uses of the same descriptor number apart.
    private var turn: UInt64 = 0
    private var scratch = [UInt8](repeating: 0, count: Lingering.scratchBytes)

    /// The descriptor is still open; ours is a duplicate.
    func take(_ descriptor: Int32) {
        let copy = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard copy >= 0 else { return }
        shutdown(copy, Int32(SHUT_WR))
        queue.async { [self] in start(copy) }
    }

    func closeAll() {
        queue.sync {
            for (source, _) in sources.values { source.cancel() }
            sources = [:]
        }
    }

    private func start(_ descriptor: Int32) {
        guard sources.count < Self.maxSockets else {
            close(descriptor)
            return
        }
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        turn &+= 1
        let turn = turn
        source.setEventHandler { [self] in discard(descriptor) }
        source.setCancelHandler { close(descriptor) }
        sources[descriptor] = (source, turn)
        source.activate()
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.lingerMs)) { [self] in
            guard sources[descriptor]?.turn == turn else { return }
            finish(descriptor)
        }
    }

    private func discard(_ descriptor: Int32) {
        let outcome = unsafe scratch.withUnsafeMutableBytes { scratch in
            SystemCall.retrying {
                unsafe recv(
                    descriptor, scratch.baseAddress, scratch.count, Int32(MSG_DONTWAIT))
            }
        }
        switch outcome {
        case .value(let count) where count > 0: return
        case .wouldBlock: return
        case .value, .failed: finish(descriptor)
        }
    }

    private func finish(_ descriptor: Int32) {
        sources.removeValue(forKey: descriptor)?.source.cancel()
    }
}
