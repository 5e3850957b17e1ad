import Dispatch
import Glibc

/// One descriptor and its sources.
///
/// Between two transfers curl loses interest in a kept connection and regains it with the next one.
/// Therefore a read source that nobody wants is left running until it fires for nothing, and only
/// then suspended: the common case costs no call into Dispatch. Writing is waited for only while
/// connecting and with full buffers, so a write source is given up once it fires for nothing.
///
/// The write source watches a duplicate: Dispatch on Linux keeps one epoll entry per descriptor
/// number, and a second source that joins while the first is armed is filed under the wrong
/// direction (`_dispatch_unote_register` in its event_epoll.c), so that its events are lost.
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
    private var isRetired = false

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
        if read, reading == nil { reading = makeReading() }
        if write, writing == nil { writing = makeWriting() }
        reading?.want(read)
        writing?.want(write)
    }

    /// Cancels the sources; the descriptor is closed behind the last one.
    func retire() {
        isRetired = true
        reading?.cancel()
        writing?.cancel()
        closeIfDone()
    }

    private func makeReading() -> SourceSwitch {
        let source = DispatchSource.makeReadSource(fileDescriptor: watched, queue: queue)
        sourcesLeft += 1
        return SourceSwitch(source) { [self] in
            onReady(CurlSocket.readable)
        } onUnwanted: { [self] in
            reading?.pause()
        } onCancelled: { [self] in
            sourceEnded()
        }
    }

    /// Out of descriptors the transfer is left to its timeout.
    private func makeWriting() -> SourceSwitch? {
        let duplicate = fcntl(watched, F_DUPFD_CLOEXEC, 0)
        guard duplicate >= 0 else { return nil }
        let source = DispatchSource.makeWriteSource(fileDescriptor: duplicate, queue: queue)
        sourcesLeft += 1
        return SourceSwitch(source) { [self] in
            onReady(CurlSocket.writable)
        } onUnwanted: { [self] in
            writing?.cancel()
            writing = nil
        } onCancelled: { [self] in
            close(duplicate)
            sourceEnded()
        }
    }

    private func sourceEnded() {
        sourcesLeft -= 1
        closeIfDone()
    }

    private func closeIfDone() {
        guard isRetired, sourcesLeft == 0 else { return }
        reading = nil
        writing = nil
        close(watched)
        onClosed()
    }
}
