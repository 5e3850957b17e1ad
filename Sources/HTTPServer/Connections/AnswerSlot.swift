/// Where the answer to the request in progress waits. The generation tells requests on the same
/// connection apart, so that a late answer to an old one changes nothing.
struct AnswerSlot {
    enum Step {
        /// No request is with the handler.
        case vacant
        /// The handler is running on the network thread.
        case handling
        /// The network thread has put the connection aside.
        case suspended
        /// The answer is here and the network thread will fetch it.
        case answered(ServerResponse)
    }

    var generation: UInt64 = 0
    var step = Step.vacant
}
