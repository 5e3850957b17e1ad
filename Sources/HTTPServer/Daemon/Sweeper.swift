import Dispatch

/// Calls back again and again, often enough for the tightest bound of the options.
// Sendable: the timer is touched on `queue` only.
final class Sweeper: @unchecked Sendable {
    private let queue = DispatchQueue(label: "http.sweep")
    private let timer: any DispatchSourceTimer

    init() {
        timer = DispatchSource.makeTimerSource(queue: queue)
        // Active from the start: a source that never was must not be released. With a handler,
        // or Dispatch complains in the log.
        timer.setEventHandler {}
        timer.schedule(deadline: .distantFuture)
        timer.activate()
    }

    func start(_ options: ServerOptions, sweep: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            timer.setEventHandler(handler: sweep)
            schedule(options)
        }
    }

    func reschedule(_ options: ServerOptions) {
        queue.async { [self] in schedule(options) }
    }

    func stop() {
        queue.async { [self] in timer.cancel() }
    }

    private func schedule(_ options: ServerOptions) {
        let interval = DispatchTimeInterval.milliseconds(options.sweepIntervalMs)
        timer.schedule(deadline: .now() + interval, repeating: interval)
    }
}
