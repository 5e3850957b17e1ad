/// A long-lived part of the process.
package protocol Service: AnyObject, Sendable {
    var name: String { get }
    /// Ready when it returns.
    func start() throws
    /// Takes no new work, ends what is in hand within its own limit, then calls back, once.
    func stop(completion: @escaping @Sendable () -> Void)
}
