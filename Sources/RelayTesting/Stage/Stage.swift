package import RelayCore
import Synchronization

/// Time and every queue of a process on one thread. Whose turn it is among the queues that have
/// something to do is drawn from the seed, so that a seed is one order of events and repeats
/// exactly. Time passes only when nothing is left to do, and then at once, as far as the next
/// thing that is due.
///
/// Timers go off late when `latenessMs` says so, as on a machine that is busy or was asleep.
// Sendable: one thread drives it and everything on it, which `StageQueue` asserts.
package final class Stage: Timekeeper, @unchecked Sendable {
    struct Due {
        let atNs: UInt64
        let number: UInt64
        let queue: StageQueue
        let work: @Sendable () -> Void
    }

    private var wallAheadMs: Int64 = 0
    private var nowNs: UInt64 = 1_000_000_000
    private let start: Timestamp
    private let random: SeededRandom
    private var queues: [StageQueue] = []
    private var later = Heap<Due> { ($0.atNs, $0.number) < ($1.atNs, $1.number) }
    private var numbers: UInt64 = 0
    /// The queues whose work is in progress, the innermost last.
    var running: [StageQueue] = []
    /// A new process: what was asked for in an older one is never done.
    private(set) var life = 0
    /// How late a wait of so many ms may end; drawn anew each time.
    package var latenessMs: (_ waitMs: Int) -> Int = { _ in 0 }
    /// A planted bug: some alarms do not go off.
    package var losesAlarms = false
    /// Asked after each turn: the process has ended and must take no other.
    package var isInterrupted: () -> Bool = { false }
    /// Turns taken so far: what the process has done, and the measure of a busy loop.
    package private(set) var turns = 0
    /// Told the label of the queue of each turn.
    package var onTurn: (String) -> Void = { _ in }

    package init(seed: UInt64, start: Timestamp = ManualClock.start) {
        random = SeededRandom(seed: seed)
        self.start = start
    }

    package var now: Timestamp {
        start.adding(ms: Int64(nowNs / 1_000_000) - 1000 + wallAheadMs)
    }
    package var monotonicNanoseconds: UInt64 { nowNs }
    /// Since the beginning, whatever was done to the wall clock.
    package var elapsedMs: Int64 { Int64(nowNs / 1_000_000) - 1000 }
    /// How far the wall clock has been set ahead.
    package var jumpedMs: Int64 { wallAheadMs }

    package func queue(_ label: String, _ urgency: WorkUrgency) -> any WorkQueue {
        add(StageQueue(label: label, stage: self, life: life))
    }

    /// A queue of the world around the process, which goes on when that ends.
    package func worldQueue(_ label: String) -> any WorkQueue {
        add(StageQueue(label: label, stage: self, life: .max))
    }

    private func add(_ queue: StageQueue) -> StageQueue {
        queues.append(queue)
        return queue
    }

    /// Somebody sets the wall clock.
    package func jump(ms: Int64) { wallAheadMs += ms }

    /// The process ends here: nothing of what its queues still hold is done.
    package func endLife() {
        life += 1
        dropQueues { $0.life < life }
        later.removeAll { $0.queue.life < life }
    }

    /// The world ends, too: nothing is kept.
    package func end() {
        endLife()
        dropQueues { _ in true }
        later.removeAll { _ in true }
        isInterrupted = { false }
        latenessMs = { _ in 0 }
    }

    /// What they hold may hold them.
    private func dropQueues(where isDropped: (StageQueue) -> Bool) {
        let dropped = queues.filter(isDropped)
        queues.removeAll(where: isDropped)
        for queue in dropped { queue.dropAll() }
    }

    /// Why the stage stopped taking turns.
    package enum Pause: Sendable {
        /// Nothing is left to do at this time.
        case idle
        case interrupted
        /// Turn after turn, and time does not pass: a busy loop.
        case spinning
    }

    /// More than any process does in an instant.
    private static let turnsInAnInstant = 10_000

    /// Takes turns until nothing is left to do now.
    package func runUntilIdle() -> Pause {
        precondition(running.isEmpty, "a stage is driven from outside")
        var left = Stage.turnsInAnInstant
        while let queue = nextQueue() {
            turns += 1
            left -= 1
            onTurn(queue.label)
            queue.takeTurn()
            if isInterrupted() { return .interrupted }
            if left == 0 { return .spinning }
        }
        return .idle
    }

    /// Lets time pass up to an instant, with all that is due on the way.
    package func run(untilMs endMs: Int64) -> Pause {
        while true {
            let pause = runUntilIdle()
            guard pause == .idle else { return pause }
            guard let due = later.first, Int64(due.atNs / 1_000_000) - 1000 <= endMs else { break }
            advance(to: due)
        }
        nowNs = max(nowNs, UInt64(endMs + 1000) * 1_000_000)
        return .idle
    }

    private func advance(to due: Due) {
        nowNs = max(nowNs, due.atNs)
        while let next = later.first, next.atNs <= nowNs {
            later.removeFirst()
            next.queue.enqueue(next.work)
        }
    }

    private func nextQueue() -> StageQueue? {
        let ready = queues.filter(\.isReady)
        guard !ready.isEmpty else { return nil }
        return ready.count == 1 ? ready[0] : ready[Int(random.next() % UInt64(ready.count))]
    }

    func schedule(
        afterNs: UInt64, on queue: StageQueue, _ work: @escaping @Sendable () -> Void
    ) {
        numbers += 1
        let lateNs = UInt64(max(latenessMs(Int(afterNs / 1_000_000)), 0)) * 1_000_000
        later.insert(
            Due(atNs: nowNs + afterNs + lateNs, number: numbers, queue: queue, work: work))
    }
}
