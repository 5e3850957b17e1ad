package import Dispatch
package import RelayCore

/// A serial Dispatch queue with its timers.
package final class DispatchWorkQueue: WorkQueue {
    package let queue: DispatchQueue

    package init(label: String, urgency: WorkUrgency) {
        let quality: DispatchQoS =
            switch urgency {
            case .answering: .userInitiated
            case .tidying: .utility
            }
        queue = DispatchQueue(label: label, qos: quality)
    }

    package func async(_ work: @escaping @Sendable () -> Void) { queue.async(execute: work) }

    package func async(afterMs: Int, _ work: @escaping @Sendable () -> Void) {
        queue.asyncAfter(deadline: .now() + .milliseconds(afterMs), execute: work)
    }

    package func sync<Result>(_ work: () throws -> Result) rethrows -> Result {
        try queue.sync(execute: work)
    }

    package func alarm(_ work: @escaping @Sendable () -> Void) -> any Alarm {
        DispatchAlarm(queue: queue, work: work)
    }

    package func assertIsCurrent() { dispatchPrecondition(condition: .onQueue(queue)) }
}
