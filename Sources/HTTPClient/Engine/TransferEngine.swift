import CCurl
import Dispatch
import Synchronization

/// One multi handle on one serial queue.
///
/// Work happens in turns: something is done to curl (a transfer added, a ready socket reported),
/// then whatever curl wants at once is run and finished transfers are told. Completions therefore
/// run outside of every curl call and may send and cancel freely.
///
/// `multi` lives from `init` to `close`. Curl's callbacks get this object unretained: `close` takes
/// the multi handle down while its caller still holds the object, and no callback comes afterwards.
@safe
// Confined to `queue`; every entry asserts it. `inFlight` is atomic.
final class TransferEngine: @unchecked Sendable {
    let queue: DispatchQueue
    let inFlight = Atomic<Int>(0)

    var multi: UnsafeMutableRawPointer?
    /// By curl's descriptor.
    var sockets: [Int32: SocketWatch] = [:]
    /// Connections' sockets that curl has lost interest in during this turn.
    var forgotten: [Int32] = []
    /// Entered by every open socket, so that `close` can wait for the last one.
    let openSockets = DispatchGroup()
    let timer: CurlTimer

    private var active: [TransferID: Transfer] = [:]
    private var pools: [ClientPolicy: TransferPool] = [:]
    private var lastPool: TransferPool?
    /// 0 until the first policy; nil: no limit.
    private var maxConnections: Int? = 0
    private var maxConnectionsPerHost: Int? = 0
    /// Settled without curl having a word in it; told in the next turn.
    private var settled: [(Submission, ClientFailure)] = []
    private var isInTurn = false
    private var isTurnScheduled = false

    /// A worker sees a handful of policies; past this many the idle handles are dropped.
    private static let poolLimit = 64
    /// Rounds of "run at once" within a turn, so that sockets are not starved.
    private static let roundLimit = 64
    /// Idle connections kept, where policies set no limit.
    private static let idleConnectionLimit = 1024

    init(queue: DispatchQueue) {
        self.queue = queue
        timer = CurlTimer(queue: queue)
        precondition(CurlLibrary.isReady, "libcurl cannot be initialised")
        unsafe multi = curl_multi_init()
        unsafe precondition(multi != nil, "libcurl gives no multi handle")
        installCallbacks()
        timer.onFire = { [unowned self] in turn {} }
    }

    func take(_ call: WorkerCall) {
        dispatchPrecondition(condition: .onQueue(queue))
        switch call {
        case .send(let submission): start(submission)
        case .cancel(let id): if let transfer = active[id] { cancel(transfer) }
        case .cancelAll: cancelAll()
        }
    }

    func close(_ completion: @escaping @Sendable () -> Void) {
        dispatchPrecondition(condition: .onQueue(queue))
        cancelAll()
        turn {}
        pools.removeAll()
        lastPool = nil
        timer.cancel()
        if let handle = unsafe multi {
            unsafe multi = nil
            unsafe curl_multi_cleanup(handle)
        }
        // What curl closed without a word.
        for socket in sockets.values { socket.retire() }
        sockets.removeAll()
        openSockets.notify(queue: queue) { [self] in
            // A send from one of the last completions is still owed its own.
            turn {}
            completion()
        }
    }

    // MARK: Turns

    func turn(_ work: () -> Void) {
        dispatchPrecondition(condition: .onQueue(queue))
        precondition(!isInTurn, "a turn within a turn")
        isInTurn = true
        work()
        tellSettled()
        var rounds = 0
        repeat {
            runTimeouts()
            tellFinished()
            rounds += 1
        } while timer.isDueNow && rounds < Self.roundLimit
        dropStaleSockets()
        isInTurn = false
        if timer.isDueNow || !settled.isEmpty { scheduleTurn() }
        timer.arm(isBusy: !active.isEmpty)
    }

    private func scheduleTurn() {
        guard !isInTurn, !isTurnScheduled else { return }
        isTurnScheduled = true
        queue.async { [self] in
            isTurnScheduled = false
            turn {}
        }
    }

    private func runTimeouts() {
        if timer.isSweepDue { sweep() }
        guard timer.takeDue(), let multi = unsafe multi else { return }
        var running: Int32 = 0
        unsafe curl_multi_socket_action(multi, CurlSocket.timeout, 0, &running)
    }

    private func tellSettled() {
        guard !settled.isEmpty else { return }
        let now = settled
        settled.removeAll()
        for (submission, failure) in now { tell(submission, .failure(failure)) }
    }

    private func tellFinished() {
        while let multi = unsafe multi {
            var left: Int32 = 0
            guard let message = unsafe curl_multi_info_read(multi, &left) else { return }
            guard unsafe message.pointee.msg == CURLMSG_DONE else { continue }
            // Both fields are copied first: removing the handle frees the message.
            let easy = unsafe message.pointee.easy_handle
            let code = unsafe message.pointee.data.result
            guard let transfer = unsafe Transfer.of(easy) else { continue }
            finish(transfer, code)
        }
    }

    private func tell(_ submission: Submission, _ result: Result<ClientResponse, ClientFailure>) {
        inFlight.wrappingSubtract(1, ordering: .relaxed)
        submission.completion(result)
    }

    // MARK: Transfers

    private func start(_ submission: Submission) {
        defer { scheduleTurn() }
        guard let multi = unsafe multi else {
            settled.append((submission, .cancelled(mayHaveArrived: false)))
            return
        }
        let pool = pool(for: submission.policy)
        let transfer = unsafe pool.take() ?? Transfer(policy: pool.policy, socketOwner: opaqueSelf)
        if let refusal = transfer.begin(submission, home: pool) {
            settled.append((submission, refusal))
            transfer.end()
            pool.give(transfer)
            return
        }
        active[submission.id] = transfer
        let code = unsafe curl_multi_add_handle(multi, transfer.easy.handle)
        precondition(code == CURLM_OK, "an idle handle was not accepted")
    }

    private func finish(_ transfer: Transfer, _ code: CURLcode) {
        let result = transfer.result(code)
        guard let submission = detach(transfer) else { return }
        tell(submission, result)
    }

    private func cancel(_ transfer: Transfer) {
        let mayHaveArrived = transfer.requestMayHaveArrived
        abandon(transfer, .cancelled(mayHaveArrived: mayHaveArrived))
    }

    private func cancelAll() {
        for transfer in Array(active.values) { cancel(transfer) }
    }

    private func abandon(_ transfer: Transfer, _ failure: ClientFailure) {
        guard let submission = detach(transfer) else { return }
        settled.append((submission, failure))
        scheduleTurn()
    }

    /// Takes the transfer away from curl and back to its pool; what it carried is the caller's.
    private func detach(_ transfer: Transfer) -> Submission? {
        guard let multi = unsafe multi, let submission = transfer.submission else { return nil }
        active[submission.id] = nil
        unsafe curl_multi_remove_handle(multi, transfer.easy.handle)
        let home = transfer.home
        transfer.end()
        home?.give(transfer)
        return submission
    }

    /// Curl does not watch the time of transfers that wait for a free connection (7.88); this does.
    private func sweep() {
        let now = DispatchTime.now().uptimeNanoseconds
        for transfer in Array(active.values) where transfer.isOverdue(now) {
            abandon(transfer, transfer.overdueFailure)
        }
        tellSettled()
    }

    // MARK: Policies

    private func pool(for policy: ClientPolicy) -> TransferPool {
        if let lastPool, lastPool.policy == policy { return lastPool }
        if pools.count >= Self.poolLimit { pools.removeAll() }
        let pool = pools[policy] ?? TransferPool(policy: policy)
        pools[policy] = pool
        lastPool = pool
        widenLimits(policy)
        return pool
    }

    private func widenLimits(_ policy: ClientPolicy) {
        guard let multi = unsafe multi else { return }
        if Self.isWider(policy.maxConnections, than: maxConnections) {
            maxConnections = policy.maxConnections
            unsafe holdfast_multi_set_long(
                multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, maxConnections ?? 0)
            // As many may be kept idle; curl's own default follows the number of handles.
            unsafe holdfast_multi_set_long(
                multi, CURLMOPT_MAXCONNECTS, maxConnections ?? Self.idleConnectionLimit)
        }
        if Self.isWider(policy.maxConnectionsPerHost, than: maxConnectionsPerHost) {
            maxConnectionsPerHost = policy.maxConnectionsPerHost
            unsafe holdfast_multi_set_long(
                multi, CURLMOPT_MAX_HOST_CONNECTIONS, maxConnectionsPerHost ?? 0)
        }
    }

    private static func isWider(_ new: Int?, than old: Int?) -> Bool {
        guard let old else { return false }
        return new.map { $0 > old } ?? true
    }
}
