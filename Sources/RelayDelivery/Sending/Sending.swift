package import HTTPClient

/// The way out of the process. A seam: tests pass a scripted sender.
package protocol Sending: AnyObject, Sendable {
    /// Calls back exactly once, on any queue.
    func send(
        _ request: OutgoingRequest,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void)
    /// Ends what is under way; each call back comes with `.cancelled`.
    func cancelAll()
    func close(completion: @escaping @Sendable () -> Void)
}
