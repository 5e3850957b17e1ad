import Dispatch
import Synchronization

/// The event loops that share one set of options. New options mean a new pool; the old one serves
/// the connections it has until they end.
final class LoopPool: Sendable {
    let options: ServerOptions
    private let loops: [EventLoop]
    private let turn = Atomic(0)

    init(options: ServerOptions, parts: LoopParts) throws(ServerError) {
        self.options = options
        loops = (0..<max(options.threads, 1)).map { _ in
            EventLoop(options: options, parts: parts)
        }
        for loop in loops {
            do throws(ServerError) {
                try loop.start()
            } catch {
                for loop in loops { loop.stop() }
                throw error
            }
        }
    }

    var openCount: Int { loops.reduce(0) { $0 + $1.openCount.load(ordering: .relaxed) } }

    var isBusy: Bool { loops.contains { $0.isBusy } }

    func next() -> EventLoop {
        let turn = turn.wrappingAdd(1, ordering: .relaxed).oldValue
        return loops[turn % loops.count]
    }

    func drain() {
        for loop in loops { loop.isDraining.store(true, ordering: .relaxed) }
    }

    func sweep(nowMs: UInt64) {
        for loop in loops { loop.sweep(nowMs: nowMs) }
    }

    func refuseRequests() {
        for loop in loops { loop.refuseRequests() }
    }

    func abandonExchanges() {
        for loop in loops { loop.abandonExchanges() }
    }

    /// Calls back when every network thread has come round to it.
    func probe(_ answered: @escaping @Sendable () -> Void) {
        let all = DispatchGroup()
        for loop in loops {
            all.enter()
            loop.probe { all.leave() }
        }
        all.notify(queue: .global(), execute: answered)
    }

    /// After `abandonExchanges`, or with no connection left.
    func stop() {
        for loop in loops { loop.stop() }
    }
}
