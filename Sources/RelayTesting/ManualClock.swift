package import RelayCore
import RelayRuntime
import Synchronization

/// Both clocks, moved by the test. They move together unless the test lets the wall clock jump.
/// Its queues are real ones, and their timers go by real time.
package final class ManualClock: Timekeeper {
    private struct Hands {
        var wall: Timestamp
        var monotonic: UInt64
    }

    private let hands: Mutex<Hands>

    package init(_ wall: Timestamp = ManualClock.start) {
        hands = Mutex(Hands(wall: wall, monotonic: 1_000_000_000))
    }

    /// 2026-11-20T09:14:03.120Z.
    package static var start: Timestamp { Timestamp(milliseconds: 1_795_166_043_120) }

    package var now: Timestamp { hands.withLock { $0.wall } }
    package var monotonicNanoseconds: UInt64 { hands.withLock { $0.monotonic } }

    package func queue(_ label: String, _ urgency: WorkUrgency) -> any WorkQueue {
        DispatchWorkQueue(label: label, urgency: urgency)
    }

    package func advance(ms: Int64) {
        precondition(ms >= 0)
        hands.withLock { hands in
            hands.wall = hands.wall.adding(ms: ms)
            hands.monotonic += UInt64(ms) * 1_000_000
        }
    }

    /// Somebody sets the wall clock.
    package func jump(ms: Int64) {
        hands.withLock { $0.wall = $0.wall.adding(ms: ms) }
    }
}
