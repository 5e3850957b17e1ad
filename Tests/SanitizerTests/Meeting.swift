import Dispatch
import Foundation
import RelayTesting
import Synchronization

// Sendable: it is what the sanitizer has to judge.
final class Shared: @unchecked Sendable {
    var value = 0
}

/// Threads brought together so that nothing but what is tried orders what they do.
enum Meeting {
    /// Runs both at once. A relaxed counter brings them together, which orders nothing.
    static func atOnce(
        _ first: @escaping @Sendable () -> Void, _ second: @escaping @Sendable () -> Void
    ) {
        let arrived = Arrivals()
        let ended = DispatchSemaphore(value: 0)
        for body in [first, second] {
            startThread {
                arrived.count.add(1, ordering: .relaxed)
                while arrived.count.load(ordering: .relaxed) < 2 {}
                body()
                ended.signal()
            }
        }
        for _ in 0..<2 { ended.wait() }
    }

    private final class Arrivals: Sendable {
        let count = Atomic(0)
    }

    /// Holds `lock` until another thread waits for it, and runs `meanwhile` before giving it back.
    /// The other one runs `body` with the lock in hand, while this one runs `afterwards`.
    static func waiting(
        for lock: Lock, _ body: @escaping @Sendable () -> Void, meanwhile: () -> Void = {},
        afterwards: () -> Void = {}
    ) throws {
        let ended = DispatchSemaphore(value: 0)
        try lock.mutex.withLock { _ in
            let waiter = Mailbox<String>()
            startThread {
                let path = "/proc/thread-self"
                let own = try? FileManager.default.destinationOfSymbolicLink(atPath: path)
                waiter.put(own ?? "")
                lock.mutex.withLock { _ in body() }
                ended.signal()
            }
            let thread = waiter.take()
            while try !isAsleep(thread) { sched_yield() }
            meanwhile()
        }
        afterwards()
        ended.wait()
    }

    final class Lock: Sendable {
        let mutex = Mutex(())
    }

    private static func isAsleep(_ thread: String) throws -> Bool {
        let status = try String(contentsOfFile: "/proc/\(thread)/stat", encoding: .utf8)
        return status.split(separator: ")").last?.hasPrefix(" S") ?? false
    }
}
