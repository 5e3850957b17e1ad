import RelayCore
import RelayIntake
import RelayRuntime
import Synchronization

/// One line a minute for each reason for which requests were refused, with their number: whoever
/// is turned away thousands of times must not fill the log, and must stand in it all the same.
final class RefusalLog: Sendable {
    /// Reasons that say something of the relay or its settings; the others say something of who
    /// asked, and strangers ask all day.
    private static let alarming: Set<String> = [
        "overloaded", "connection_limit", "address_limit", "accept_failure", "body_memory",
    ]
    static let periodNs: UInt64 = 60_000_000_000

    private struct State {
        var told: [String: Int64] = [:]
        var toldNs: UInt64
    }

    private let clock: any Clock
    private let log: Log
    /// By reason, since the start.
    private let counts: @Sendable () -> [(outcome: String, count: Int64)]
    private let state: Mutex<State>

    init(
        clock: any Clock, log: Log,
        counts: @escaping @Sendable () -> [(outcome: String, count: Int64)]
    ) {
        self.clock = clock
        self.log = log
        self.counts = counts
        state = Mutex(State(toldNs: clock.monotonicNanoseconds))
    }

    convenience init(
        _ counters: IntakeCounters, _ intake: IntakeService, clock: any Clock, log: Log
    ) {
        self.init(clock: clock, log: log) {
            counters.unstored + counters.refused + intake.refusals
        }
    }

    /// Called at each beat of the pulse.
    func beat() {
        let nowNs = clock.monotonicNanoseconds
        let news: [(String, Int64)] = state.withLock { state in
            guard nowNs - state.toldNs >= RefusalLog.periodNs else { return [] }
            state.toldNs = nowNs
            return counts().compactMap { outcome, count in
                let new = count - (state.told[outcome] ?? 0)
                state.told[outcome] = count
                return new > 0 ? (outcome, new) : nil
            }
        }
        for (outcome, count) in news {
            let fields: Log.Fields = ["reason": .text(outcome), "count": .number(count)]
            if RefusalLog.alarming.contains(outcome) {
                log.warning("requests were refused in the last minute", fields)
            } else {
                log.info("requests were refused in the last minute", fields)
            }
        }
    }
}
