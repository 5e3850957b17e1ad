import Dispatch
import RelayCore

/// A Dispatch timer that goes off once for each time that it is set.
final class DispatchAlarm: Alarm {
    private let timer: any DispatchSourceTimer

    init(queue: DispatchQueue, work: @escaping @Sendable () -> Void) {
        timer = DispatchSource.makeTimerSource(queue: queue)
        timer.setEventHandler(handler: work)
        timer.schedule(deadline: .distantFuture)
        timer.activate()
    }

    func set(afterNs: UInt64?) {
        guard let afterNs else { return timer.schedule(deadline: .distantFuture) }
        timer.schedule(
            deadline: .now() + .nanoseconds(Int(clamping: afterNs)), leeway: .milliseconds(1))
    }

    func cancel() { timer.cancel() }
}
