package import Dispatch
import Glibc

/// Turns signals into calls on a queue. The default action is switched off for as long as it lives.
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
        // Only now: a signal that came before ended the process, as it would have without us, and
        // none is lost between being ignored and being watched.
        for number in signals { _ = signal(number, SIG_IGN) }
        // A client that goes away while we write must not end the process.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
