/// Where the answer to the request in progress waits. The generation tells requests on the same
/// connection apart, so that a late answer to an old one changes nothing.
struct AnswerSlot {
    enum Answer {
        case response(ServerResponse)
        /// Nothing of the library's: close the connection, which may have been reset already.
        case close(isReset: Bool)
    }

    enum Step {
        /// No request is with the handler.
        case vacant
        /// The handler is running on the network thread.
        case handling
        /// The network thread has put the connection aside.
        case suspended
        /// The answer is here and the network thread will fetch it.
        case answered(Answer)

        /// The handler has the request and nobody else will write to the socket or close it.
        var isOpen: Bool {
            switch self {
            case .handling, .suspended: true
            case .vacant, .answered: false
            }
        }
    }

    var generation: UInt64 = 0
    var step = Step.vacant
    /// Bytes have gone out past the library, so that no answer of its own can follow. Never taken
    /// back: the connection ends with this exchange.
    var isRaw = false
}
