import Dispatch
import Glibc

/// One descriptor and its two sources.
///
/// Between two transfers curl loses interest in a kept connection and regains it with the next one.
/// Therefore a source that nobody wants is left running until it fires for nothing, and only then
/// suspended: the common case costs no call into Dispatch.
// Confined to the engine's queue.
final class SocketWatch {
    /// The number that curl knows.
    private let descriptor: Int32
    /// The number in epoll: the same, or a duplicate of a descriptor that curl closes itself.
    private let watched: Int32
    private let queue: DispatchQueue
    private let onReady: (Int32) -> Void
    private let onClosed: () -> Void
    private var reading: SourceSwitch?
    private var writing: SourceSwitch?
    private var sourcesLeft = 0

    init(
        _ descriptor: Int32, watched: Int32, queue: DispatchQueue,
        onReady: @escaping (Int32) -> Void, onClosed: @escaping () -> Void
    ) {
        self.descriptor = descriptor
        self.watched = watched
        self.queue = queue
        self.onReady = onReady
        self.onClosed = onClosed
    }

    var isForeign: Bool { watched != descriptor }

    func want(read: Bool, write: Bool) {
        if read, reading == nil {
            let source = DispatchSource.makeReadSource(fileDescriptor: watched, queue: queue)
            reading = prepare(source, CurlSocket.readable)
        }
        if write, writing == nil {
            let source = DispatchSource.makeWriteSource(fileDescriptor: watched, queue: queue)
            writing = prepare(source, CurlSocket.writable)
        }
        reading?.want(read)
        writing?.want(write)
    }

    /// Cancels the sources; the descriptor is closed behind the last one.
    func retire() {
        guard sourcesLeft > 0 else { return closed() }
        reading?.cancel()
        writing?.cancel()
    }

    private func prepare(_ source: any DispatchSourceProtocol, _ mask: Int32) -> SourceSwitch {
        sourcesLeft += 1
        return SourceSwitch(source) { [self] in
            onReady(mask)
        } onCancelled: { [self] in
            sourcesLeft -= 1
            if sourcesLeft == 0 { closed() }
        }
    }

    private func closed() {
        reading = nil
        writing = nil
        close(watched)
        onClosed()
    }
}
