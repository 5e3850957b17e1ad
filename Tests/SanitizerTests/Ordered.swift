import Dispatch
import Glibc
import RelayTesting
import Synchronization

/// Ways to hand something over that are right. None may be reported.
enum Ordered {
    static func waiting() throws {
        let (shared, lock) = (Shared(), Meeting.Lock())
        for _ in 0..<20 {
            try Meeting.waiting(
                for: lock, { shared.value += 1 }, meanwhile: { shared.value += 1 })
        }
    }

    static func crowd() {
        let (shared, lock) = (Shared(), Meeting.Lock())
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<2_000 { lock.mutex.withLock { _ in shared.value += 1 } }
        }
    }

    static func queues() {
        let shared = Shared()
        let (first, second) = (DispatchQueue(label: "first"), DispatchQueue(label: "second"))
        let (group, ended) = (DispatchGroup(), DispatchSemaphore(value: 0))
        shared.value += 1
        first.async(group: group) {
            shared.value += 1
            second.asyncAfter(deadline: .now() + .milliseconds(1)) {
                shared.value += 1
                ended.signal()
            }
        }
        group.wait()
        ended.wait()
        first.sync { shared.value += 1 }
        group.enter()
        first.async {
            shared.value += 1
            group.leave()
        }
        group.notify(queue: second) {
            shared.value += 1
            ended.signal()
        }
        ended.wait()
        shared.value += 1
    }

    static func sources() {
        let (shared, ended) = (Shared(), DispatchSemaphore(value: 0))
        let queue = DispatchQueue(label: "sources")
        var ends: [Int32] = [-1, -1]
        precondition(unsafe pipe(&ends) == 0)
        let (reader, writer) = (ends[0], ends[1])
        let timer = DispatchSource.makeTimerSource(queue: queue)
        let source = DispatchSource.makeReadSource(fileDescriptor: reader, queue: queue)
        shared.value += 1
        timer.setEventHandler {
            shared.value += 1
            _ = unsafe write(writer, "x", 1)
            timer.cancel()
        }
        source.setEventHandler {
            shared.value += 1
            source.cancel()
        }
        source.setCancelHandler {
            shared.value += 1
            ended.signal()
        }
        source.resume()
        timer.schedule(deadline: .now() + .milliseconds(1))
        timer.resume()
        ended.wait()
        shared.value += 1
    }
}
