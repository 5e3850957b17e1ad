import Dispatch

/// Starts services in order and stops them in reverse, each before the one it stands on.
// Sendable: all state is touched on `queue` alone.
package final class ServiceGroup: @unchecked Sendable {
    private let queue = DispatchQueue(label: "holdfast.services")
    private let services: [any Service]
    private var running: [any Service] = []
    private var waiters: [@Sendable () -> Void] = []
    private var isStopping = false
    private let log: Log

    package init(_ services: [any Service], log: Log) {
        self.services = services
        self.log = log
    }

    /// Starts all, or stops those already started and throws what the failing one threw.
    package func start() throws {
        for service in services {
            do {
                try service.start()
                queue.sync { running.append(service) }
            } catch {
                let done = DispatchSemaphore(value: 0)
                stop { done.signal() }
                done.wait()
                throw error
            }
        }
    }

    package func stop(completion: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            waiters.append(completion)
            guard !isStopping else { return }
            isStopping = true
            stopLast()
        }
    }

    private func stopLast() {
        guard let service = running.popLast() else {
            for waiter in waiters { waiter() }
            waiters.removeAll()
            isStopping = false
            return
        }
        log.debug("stopping", ["service": .text(service.name)])
        service.stop { [self] in queue.async { self.stopLast() } }
    }
}
