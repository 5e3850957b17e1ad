/// For whoever watches over the process: are requests still read?
extension Server {
    /// Whether the system gives what threads wake each other by. Dispatch takes that for granted
    /// and ends the process where it gets none.
    package static var canWakeThreads: Bool { WakeDescriptor() != nil }

    /// Calls back once, on any thread, when the acceptor and then every network thread that takes
    /// new connections have come round to it. A server that stops owes no answer and calls back at
    /// once: stopping has a bound of its own.
    package func probe(_ answered: @escaping @Sendable () -> Void) {
        acceptor.probe(answered)
    }
}
