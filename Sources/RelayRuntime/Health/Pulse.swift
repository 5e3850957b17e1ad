import Dispatch
package import RelayCore
import Synchronization

/// Tells a process that moves from one that is merely alive.
///
/// Once a second every part is sent a probe, unless its last one is still out. A probe takes the
/// way of real work, so that its answer says: whatever came before has been dealt with. A part
/// whose answer is overdue stands still, be it a disk that hangs, a queue that spins or a wake-up
/// that was lost. `/healthz` and the service manager's watchdog hear of the same standstill.
// Sendable: the timer is touched on `queue` alone, the state under its lock.
package final class Pulse: Service, @unchecked Sendable {
    /// A part of the process that must keep moving.
    package struct Part: Sendable {
        package let name: String
        /// Calls back once, on any queue, when what was waiting before it has been dealt with.
        package let probe: @Sendable (_ answered: @escaping @Sendable () -> Void) -> Void

        package init(
            _ name: String,
            probe: @escaping @Sendable (_ answered: @escaping @Sendable () -> Void) -> Void
        ) {
            self.name = name
            self.probe = probe
        }
    }

    /// A part that has not answered for longer than it may.
    package struct Standstill: Sendable, Hashable {
        package let part: String
        package let milliseconds: Int64
    }

    private struct State {
        /// By part; nil: nothing is out.
        var askedNs: [UInt64?]
        /// Of the last beat; nil while the pulse is not running.
        var beatNs: UInt64?
        var warned: Set<String> = []
        var listeners: [@Sendable ([Standstill]) -> Void] = []
    }

    package let name = "pulse"
    private let queue = DispatchQueue(label: "holdfast.pulse", qos: .userInitiated)
    private let parts: [Part]
    private let clock: any Clock
    private let log: Log
    private let state: Mutex<State>
    private var timer: (any DispatchSourceTimer)?

    package init(_ parts: [Part], clock: any Clock, log: Log) {
        self.parts = parts
        self.clock = clock
        self.log = log
        state = Mutex(State(askedNs: parts.map { _ in nil }))
    }

    /// Told after each beat what stands still, on the pulse's queue. For the watchdog: nothing
    /// stands still, so say that we are well.
    package func onBeat(_ listener: @escaping @Sendable (_ standing: [Standstill]) -> Void) {
        state.withLock { $0.listeners.append(listener) }
    }

    /// What has not moved for `Limits.standstillMs`; empty: everything moves. May be asked from
    /// any thread, and says so too when the pulse itself has stopped beating.
    package var standing: [Standstill] {
        let nowNs = clock.monotonicNanoseconds
        return state.withLock { standing($0, nowNs: nowNs) }
    }

    package func start() throws {
        beat()
        queue.sync {
            let timer = DispatchSource.makeTimerSource(queue: queue)
            timer.setEventHandler { [weak self] in self?.beat() }
            let step = DispatchTimeInterval.milliseconds(Limits.beatMs)
            timer.schedule(deadline: .now() + step, repeating: step)
            timer.activate()
            self.timer = timer
        }
    }

    package func stop(completion: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            timer?.cancel()
            timer = nil
            state.withLock { $0.beatNs = nil }
            completion()
        }
    }

    /// Asks every part that owes no answer, and tells what stands still. The timer's work; tests
    /// call it with a clock of their own.
    package func beat() {
        let nowNs = clock.monotonicNanoseconds
        let (toAsk, standing, listeners) = state.withLock { state in
            state.beatNs = nowNs
            let idle = parts.indices.filter { state.askedNs[$0] == nil }
            for index in idle { state.askedNs[index] = nowNs }
            return (idle, self.standing(state, nowNs: nowNs), state.listeners)
        }
        for index in toAsk {
            parts[index].probe { [weak self] in self?.answered(index) }
        }
        tell(standing)
        for listener in listeners { listener(standing) }
    }

    private func answered(_ index: Int) {
        state.withLock { $0.askedNs[index] = nil }
    }

    private func standing(_ state: State, nowNs: UInt64) -> [Standstill] {
        func overdue(_ part: String, sinceNs: UInt64?) -> Standstill? {
            guard let sinceNs else { return nil }
            let waitedMs = Int64((nowNs - min(sinceNs, nowNs)) / 1_000_000)
            guard waitedMs >= Limits.standstillMs else { return nil }
            return Standstill(part: part, milliseconds: waitedMs)
        }
        let still = zip(parts, state.askedNs).compactMap { overdue($0.name, sinceNs: $1) }
        return still + [overdue(name, sinceNs: state.beatNs)].compactMap(\.self)
    }

    /// One line when a part stops and one when it moves again.
    private func tell(_ standing: [Standstill]) {
        let now = Set(standing.map(\.part))
        let before = state.withLock { state in
            defer { state.warned = now }
            return state.warned
        }
        for still in standing where !before.contains(still.part) {
            log.error(
                "a part of the relay stands still",
                ["part": .text(still.part), "ms": .number(still.milliseconds)])
        }
        for part in before.subtracting(now).sorted() {
            log.info("a part of the relay moves again", ["part": .text(part)])
        }
    }
}
