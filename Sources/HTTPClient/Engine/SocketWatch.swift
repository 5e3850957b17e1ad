import Dispatch
import Glibc

/// One descriptor and its sources.
///
/// Between two transfers curl loses interest in a kept connection and regains it with the next one.
/// Therefore a read source that nobody wants is left running until it fires for nothing, and only
/// then suspended: the common case costs no call into Dispatch. Writing is waited for only while
/// connecting and with full buffers, so a write source is given up once it fires for nothing.
///
/// Sources watch duplicates, never curl's own descriptor: curl may close that at any time and its
/// number may be taken at once, while a source must be gone before the number it watches is. And
/// each source has a duplicate of its own: Dispatch on Linux keeps one epoll entry per number, and
/// a second source that joins while the first is armed is filed under the wrong direction
/// (`_dispatch_unote_register` in its event_epoll.c), so that its events are lost.
// Confined to the engine's queue.
final class SocketWatch {
    /// The number that curl knows.
    private let descriptor: Int32
    private let duplicate: Int32
    private let identity: ino_t?
    /// Opened for a connection, which may be kept; otherwise the resolver's, gone when forgotten.
    let isConnection: Bool
    private let queue: DispatchQueue
    private let onReady: (Int32) -> Void
    private let onClosed: () -> Void
    private var reading: SourceSwitch?
    private var writing: SourceSwitch?
    private var sourcesLeft = 0
    private var isRetired = false

    /// Nil when the process is out of descriptors.
    init?(
        _ descriptor: Int32, isConnection: Bool, queue: DispatchQueue,
        onReady: @escaping (Int32) -> Void, onClosed: @escaping () -> Void
    ) {
        let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard duplicate >= 0 else { return nil }
        self.descriptor = descriptor
        self.duplicate = duplicate
        identity = Self.identity(of: duplicate)
        self.isConnection = isConnection
        self.queue = queue
        self.onReady = onReady
        self.onClosed = onClosed
    }

    var isWanted: Bool { reading?.isWanted == true || writing?.isWanted == true }

    /// Curl's number is closed or means another socket by now.
    var isStale: Bool { Self.identity(of: descriptor) != identity }

    func want(read: Bool, write: Bool) {
        if read, reading == nil { reading = makeReading() }
        if write, writing == nil { writing = makeWriting() }
        reading?.want(read)
        writing?.want(write)
    }

    /// Cancels the sources; the duplicate is closed behind the last one.
    func retire() {
        isRetired = true
        reading?.cancel()
        writing?.cancel()
        closeIfDone()
    }

    private func makeReading() -> SourceSwitch {
        let source = DispatchSource.makeReadSource(fileDescriptor: duplicate, queue: queue)
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
        let second = fcntl(duplicate, F_DUPFD_CLOEXEC, 0)
        guard second >= 0 else { return nil }
        let source = DispatchSource.makeWriteSource(fileDescriptor: second, queue: queue)
        sourcesLeft += 1
        return SourceSwitch(source) { [self] in
            onReady(CurlSocket.writable)
        } onUnwanted: { [self] in
            writing?.cancel()
            writing = nil
        } onCancelled: { [self] in
            close(second)
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
        close(duplicate)
        onClosed()
    }

    private static func identity(of descriptor: Int32) -> ino_t? {
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 ? status.st_ino : nil
    }
}
