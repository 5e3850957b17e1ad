package import Dispatch
import Glibc

/// Turns signals into calls on a queue. The default action is switched off for as long as it lives.
// Sendable: the sources are made once and only cancelled afterwards.
package final class SignalWatch: @unchecked Sendable {
    private var sources: [any DispatchSourceSignal] = []

    package init(
        _ signals: [Int32], queue: DispatchQueue, handler: @escaping @Sendable (Int32) -> Void
    ) {
        for number in signals {
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { handler(number) }
            source.activate()
            sources.append(source)
        }
        // A client that goes away while we write must not end the process.
        _ = signal(SIGPIPE, SIG_IGN)
    }

    deinit {
        for source in sources { source.cancel() }
    }
}
