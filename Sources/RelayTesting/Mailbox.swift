import Dispatch
import Synchronization

/// Values that other threads put in and a test takes out, waiting for each. A test that waits in
/// vain ends after a generous while instead of hanging the run.
package final class Mailbox<Value: Sendable>: Sendable {
    private let values = Mutex<[Value]>([])
    private let arrivals = DispatchSemaphore(value: 0)

    package init() {}

    package func put(_ value: Value) {
        values.withLock { $0.append(value) }
        arrivals.signal()
    }

    package func take() -> Value {
        guard arrivals.wait(timeout: .now() + 60) == .success else {
            preconditionFailure("nothing came in a minute")
        }
        return values.withLock { $0.removeFirst() }
    }

    package var count: Int { values.withLock { $0.count } }
}
