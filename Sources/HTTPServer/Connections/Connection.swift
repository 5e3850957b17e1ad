import CMicroHTTPD
import Synchronization

/// One client connection.
///
/// The pointers belong to the library: the handle lives from the "started" to the "closed"
/// notification, and the descriptor is closed only after the latter, which first takes this object
/// out of its table. Fields marked "network thread" are touched on the loop's one thread only.
// Sendable: shared fields are atomics or behind a Mutex; the others stay on the network thread.
@safe
final class Connection: @unchecked Sendable {
    let loop: EventLoop
    let handle: OpaquePointer
    let descriptor: Int32
    let remoteAddress: String
    let addressKey: AddressKey?

    let phase: Atomic<UInt64>
    let bodyBytes = Atomic(0)
    let slot = Mutex(AnswerSlot())

    /// Guarded by the table's lock.
    var tableIndex = 0

    /// Network thread. Where the request in progress stands.
    var progress = Progress.awaitingHead
    /// Network thread. The request target as sent.
    var target = ""
    /// Network thread. Where the target lies in the library's copy of the request line.
    var targetPlace: Range<UInt> = 0..<0
    /// Network thread.
    var body: [UInt8] = []
    /// Network thread. What the body has of the server's `BodyBudget`, from its first piece until
    /// the handler has taken it.
    var heldBytes = 0
    /// Network thread. Its place among the loop's `headsUnderWay`.
    var headIndex: Int?
    /// Network thread. The client may still be sending what nobody will read.
    var hasUnreadBody = false

    enum Progress {
        case awaitingHead
        /// An answer that had to wait for the end of a request without a body.
        case refusing(ServerResponse)
        case collecting(RequestHead, limitBytes: Int, context: (any AnyObject & Sendable)?)
        /// The limit is passed and the answer cannot bypass TLS: read on, up to a bound.
        case swallowing(ServerResponse, leftBytes: Int)
        case handedOver
    }

    init(loop: EventLoop, handle: OpaquePointer) {
        self.loop = loop
        unsafe self.handle = unsafe handle
        descriptor = unsafe holdfast_descriptor(handle)
        let address = unsafe PeerAddress(holdfast_client_address(handle))
        remoteAddress = address.text
        addressKey = address.key
        phase = Atomic(ConnectionPhase(.fresh, sinceMs: CoarseClock.nowMs()).word)
    }

    /// False when the sweeper has cut the connection meanwhile: nothing may be handed over then.
    func advance(to kind: ConnectionPhase.Kind) -> Bool {
        let current = phase.load(ordering: .relaxed)
        if ConnectionPhase(word: current).kind == .cut { return false }
        let next = ConnectionPhase(kind, sinceMs: CoarseClock.nowMs()).word
        return phase.compareExchange(
            expected: current, desired: next, ordering: .relaxed
        ).exchanged
    }

    /// The request line is complete.
    func begin(target: String, place: Range<UInt>) {
        self.target = target
        targetPlace = place
        let current = ConnectionPhase(word: phase.load(ordering: .relaxed))
        if current.kind == .idle { _ = advance(to: .head) }
    }

    /// The request is over, answered or not; the connection may carry another.
    func complete() {
        progress = .awaitingHead
        letGoOfBody()
        slot.withLock { slot in
            slot.generation &+= 1
            slot.step = .vacant
        }
        _ = advance(to: .idle)
    }
}
