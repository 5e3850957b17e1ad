package import Dispatch
import Glibc

/// Turns signals into calls on a queue. Dispatch installs a handler of its own when a source is
/// registered, so nothing is switched off here before or after: between the two the signal would
/// be lost.
// Sendable: the sources are made once and only cancelled afterwards.
package final class SignalWatch: @unchecked Sendable {
    private var sources: [any DispatchSourceSignal] = []

    /// Every signal finds its handler from the moment this returns. Not to be made on `queue`.
    package init(
        _ signals: [Int32], queue: DispatchQueue, handler: @escaping @Sendable (Int32) -> Void
    ) {
        dispatchPrecondition(condition: .notOnQueue(queue))
        let registered = DispatchGroup()
        for number in signals {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { handler(number) }
            registered.enter()
            source.setRegistrationHandler { registered.leave() }
            source.activate()
            sources.append(source)
        }
        registered.wait()
        // A client that goes away while we write must not end the process.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
