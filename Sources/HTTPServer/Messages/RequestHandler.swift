/// What a server serves. Every method runs on one of the server's network threads, which carries
/// many other connections: it must not block.
package protocol RequestHandler: AnyObject, Sendable {
    func admit(_ head: RequestHead) -> Admission

    /// The answer to a body longer than its limit; the connection is closed after it.
    func bodyTooLarge(_ head: RequestHead) -> ServerResponse

    /// The answer when the bodies of all requests together hold as much as they may
    /// (`maxCollectedBytes`); the connection is closed after it.
    func bodyOverBudget(_ head: RequestHead) -> ServerResponse

    /// Answers through the exchange, now or later, from any thread.
    func respond(to request: ServerRequest, exchange: Exchange)
}

extension RequestHandler {
    package func bodyOverBudget(_ head: RequestHead) -> ServerResponse { .overBudget }
}
