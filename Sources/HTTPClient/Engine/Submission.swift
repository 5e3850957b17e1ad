/// One `send` on its way to the engine.
struct Submission: Sendable {
    let id: TransferID
    let request: ClientRequest
    let policy: ClientPolicy
    let completion: HTTPWorker.Completion
}
