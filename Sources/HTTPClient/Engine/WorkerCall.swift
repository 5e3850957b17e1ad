/// What reaches the engine from outside, in order.
enum WorkerCall: Sendable {
    case send(Submission)
    case cancel(TransferID)
    case cancelAll
}
