import Dispatch

/// A Dispatch source with its suspensions in balance.
// Confined to the engine's queue.
final class SourceSwitch {
    private let source: any DispatchSourceProtocol
    private(set) var isWanted = false
    private var isRunning = false
    private var isActivated = false

    init(
        _ source: any DispatchSourceProtocol, onEvent: @escaping () -> Void,
        onUnwanted: @escaping () -> Void, onCancelled: @escaping () -> Void
    ) {
        self.source = source
        source.setEventHandler { [unowned self] in
            if isWanted { onEvent() } else { onUnwanted() }
        }
        source.setCancelHandler(handler: onCancelled)
    }

    func want(_ wanted: Bool) {
        isWanted = wanted
        if wanted, !isRunning { run() }
    }

    /// A suspended source would never tell of its cancellation.
    func cancel() {
        isWanted = false
        source.cancel()
        if !isRunning { run() }
    }

    private func run() {
        isRunning = true
        if isActivated {
            source.resume()
        } else {
            isActivated = true
            source.activate()
        }
    }

    /// Until it is wanted again.
    func pause() {
        guard isRunning, !source.isCancelled else { return }
        isRunning = false
        source.suspend()
    }
}
