import Dispatch
package import HTTPClient
import Synchronization

/// Serial queues that each own one libcurl multi handle with its connections. A worker carries
/// many transfers; requests go round, so that each worker keeps warm connections.
package final class WorkerPool: Sending {
    private let workers: [HTTPWorker]
    private let next = Atomic<Int>(0)

    package init(workers count: Int) {
        precondition(count > 0)
        workers = (0..<count).map { HTTPWorker(label: "holdfast.worker.\($0)") }
    }

    package func send(
        _ request: OutgoingRequest,
        completion: @escaping @Sendable (Result<ClientResponse, ClientFailure>) -> Void
    ) {
        let turn = next.wrappingAdd(1, ordering: .relaxed).oldValue
        let worker = workers[Int(UInt(bitPattern: turn) % UInt(workers.count))]
        _ = worker.send(request.request, policy: request.policy, completion: completion)
    }

    /// Calls back when every worker has turned once.
    package func probe(_ answered: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        for worker in workers {
            group.enter()
            worker.queue.async { group.leave() }
        }
        group.notify(queue: .global(), execute: answered)
    }

    package func cancelAll() {
        for worker in workers { worker.cancelAll() }
    }

    package func close(completion: @escaping @Sendable () -> Void) {
        let group = DispatchGroup()
        for worker in workers {
            group.enter()
            worker.close { group.leave() }
        }
        group.notify(queue: .global(), execute: completion)
    }
}
