import Synchronization

/// One network thread, the library's daemon that it drives, and the connections it carries.
///
/// The daemon calls back with an unretained pointer to this object; the thread holds the object
/// until it has stopped the daemon.
// Sendable: all that changes after `start` is atomic or behind a lock.
final class EventLoop: @unchecked Sendable {
    let options: ServerOptions
    let isTLS: Bool
    let handler: any RequestHandler
    let counters: Counters
    let table = ConnectionTable()
    /// Answers close their connections.
    let isDraining = Atomic(false)
    /// No further request reaches the handler.
    let isRefusing = Atomic(false)
    /// Nothing is handed to the handler for later any more.
    let isTerminating = Atomic(false)
    let openCount = Atomic(0)
    let bodyBudget: BodyBudget

    /// Network thread. Connections whose request line is complete and whose head is not, the last
    /// line last.
    private var headsUnderWay: [Connection] = []

    private let quota: ConnectionQuota
    private let lingering: Lingering
    private let settling: Settling
    private let inbox = Inbox()
    private let thread = Mutex<NetworkThread?>(nil)
    private let wake: WakeDescriptor?

    init(options: ServerOptions, parts: LoopParts) {
        self.options = options
        isTLS = options.tls != nil
        handler = parts.handler
        counters = parts.counters
        quota = parts.quota
        bodyBudget = parts.bodyBudget
        lingering = parts.lingering
        settling = parts.settling
        wake = WakeDescriptor()
    }

    func start() throws(ServerError) {
        guard let wake else { throw .cannotStart }
        guard let daemon = makeDaemon() else { throw isTLS ? .unusableIdentity : .cannotStart }
        guard let started = NetworkThread({ [self] in run(daemon, wake) }) else {
            daemon.stop()
            throw .cannotStart
        }
        thread.withLock { $0 = started }
    }

    /// Ends the network thread; every connection is closed. No connection may be suspended.
    func stop() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let running else { return }
        post { $0.mustStop = true }
        running.join()
    }

    /// Takes over the newcomer's descriptor and its place in the quota.
    func add(_ newcomer: Newcomer) {
        openCount.add(1, ordering: .relaxed)
        post { $0.newcomers.append(newcomer) }
    }

    /// The answers of these connections have come; they are suspended.
    func resume(_ connection: Connection) {
        post { $0.answered.append(connection) }
    }

    /// Calls back on the network thread, when it has come round to it.
    func probe(_ answered: @escaping @Sendable () -> Void) {
        post { $0.probes.append(answered) }
    }

    private func post(_ add: (inout Inbox.Items) -> Void) {
        if inbox.post(add) { wake?.wake() }
    }

    private func run(_ daemon: Daemon, _ wake: WakeDescriptor) {
        while true {
            let items = inbox.take()
            for connection in items.answered { daemon.resume(connection) }
            for newcomer in items.newcomers { place(newcomer, in: daemon) }
            for answered in items.probes { answered() }
            if items.mustStop { break }
            if !daemon.run() && inbox.fallAsleep() { daemon.wait(wake) }
        }
        daemon.stop()
    }

    private func place(_ newcomer: Newcomer, in daemon: Daemon) {
        if daemon.add(newcomer) { return }
        quota.giveBack(newcomer.key)
        openCount.subtract(1, ordering: .relaxed)
    }

    func connectionStarted(_ connection: Connection) {
        table.insert(connection)
    }

    func connectionClosed(_ connection: Connection) {
        headIsComplete(of: connection)
        connection.letGoOfBody()
        if connection.hasUnreadBody { lingering.take(connection.descriptor) }
        table.remove(connection)
        quota.giveBack(connection.addressKey)
        openCount.subtract(1, ordering: .relaxed)
        settling.signalIfAwaited()
    }

    /// Network thread.
    func headBegins(of connection: Connection) {
        guard connection.headIndex == nil else { return }
        connection.headIndex = headsUnderWay.count
        headsUnderWay.append(connection)
    }

    /// Network thread. Complete, or given up. Harmless when repeated.
    func headIsComplete(of connection: Connection) {
        guard let index = connection.headIndex else { return }
        connection.headIndex = nil
        let last = headsUnderWay.removeLast()
        guard last !== connection else { return }
        headsUnderWay[index] = last
        last.headIndex = index
    }

    /// Network thread. The library is about to refuse a request by itself, of one of the
    /// connections whose head is under way or has just become complete: mostly the last, since
    /// most heads come in one piece.
    func libraryRefuses() {
        counters.malformed.raise()
        _ = headsUnderWay.last { $0.forestallLibrary() }
    }

    func requestCompleted(_ connection: Connection) {
        connection.complete()
        settling.signalIfAwaited()
    }
}
