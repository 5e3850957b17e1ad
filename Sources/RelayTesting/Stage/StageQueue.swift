import RelayCore

/// One serial queue of a stage.
// Sendable: touched by the thread that drives the stage alone.
final class StageQueue: WorkQueue, @unchecked Sendable {
    let label: String
    let life: Int
    private let stage: Stage
    private var waiting = FIFO<@Sendable () -> Void>()
    private var isRunning = false

    init(label: String, stage: Stage, life: Int) {
        self.label = label
        self.stage = stage
        self.life = life
    }

    var isReady: Bool { !waiting.isEmpty && !isRunning }

    func enqueue(_ work: @escaping @Sendable () -> Void) { waiting.append(work) }

    func async(_ work: @escaping @Sendable () -> Void) { enqueue(work) }

    func async(afterMs: Int, _ work: @escaping @Sendable () -> Void) {
        stage.schedule(afterNs: UInt64(max(afterMs, 0)) * 1_000_000, on: self, work)
    }

    func dropAll() { waiting = FIFO() }

    func takeTurn() {
        guard let work = waiting.popFirst() else { return }
        perform(work)
    }

    /// As on a real queue, what was asked for before comes first.
    func sync<Result>(_ work: () throws -> Result) rethrows -> Result {
        while !waiting.isEmpty { takeTurn() }
        return try perform(work)
    }

    private func perform<Result>(_ work: () throws -> Result) rethrows -> Result {
        precondition(!isRunning, "\(label) waits for itself")
        isRunning = true
        stage.running.append(self)
        defer {
            stage.running.removeLast()
            isRunning = false
        }
        return try work()
    }

    func alarm(_ work: @escaping @Sendable () -> Void) -> any Alarm {
        StageAlarm(queue: self, stage: stage, work: work)
    }

    func assertIsCurrent() {
        precondition(stage.running.last === self, "not on \(label)")
    }
}
