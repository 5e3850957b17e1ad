/// Where a connection stands and since when, packed into one word so that the network thread can
/// set it and the sweeper can judge it without a lock.
struct ConnectionPhase: Equatable {
    enum Kind: UInt64 {
        /// Accepted; the first head is not complete.
        case fresh
        /// Kept open after an answer; no request line yet.
        case idle
        /// A request line came on a kept connection.
        case head
        case body
        /// The handler has the request: waits for us, so it has no bound.
        case handling
        /// The answer is on its way to the client.
        case answering
        /// The sweeper gave up on it; only closing may follow.
        case cut
    }

    let kind: Kind
    let sinceMs: UInt64

    init(_ kind: Kind, sinceMs: UInt64) {
        self.kind = kind
        self.sinceMs = sinceMs
    }

    init(word: UInt64) {
        kind = Kind(rawValue: word >> 56) ?? .cut
        sinceMs = word & 0x00FF_FFFF_FFFF_FFFF
    }

    var word: UInt64 { kind.rawValue << 56 | sinceMs }

    /// A client that has just connected is about to send: a server that stops waits for it, ms.
    private static let freshMs: UInt64 = 1000

    func expectsRequest(nowMs: UInt64) -> Bool {
        kind == .fresh && nowMs < sinceMs + ConnectionPhase.freshMs
    }

    /// True while a request is being read, handled or answered.
    var isBusy: Bool {
        switch kind {
        case .head, .body, .handling, .answering: true
        case .fresh, .idle, .cut: false
        }
    }
}
