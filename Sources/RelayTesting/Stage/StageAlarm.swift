import RelayCore

/// A timer of a stage's queue.
// Sendable: touched by the thread that drives the stage alone.
final class StageAlarm: Alarm, @unchecked Sendable {
    private let queue: StageQueue
    private let stage: Stage
    private let work: @Sendable () -> Void
    /// What was set before it is void.
    private var setting = 0

    init(queue: StageQueue, stage: Stage, work: @escaping @Sendable () -> Void) {
        self.queue = queue
        self.stage = stage
        self.work = work
    }

    func set(afterNs: UInt64?) {
        setting += 1
        guard let afterNs, !(stage.losesAlarms && setting % 3 == 0) else { return }
        let mine = setting
        stage.schedule(afterNs: afterNs, on: queue) { [self] in
            if setting == mine { work() }
        }
    }

    func cancel() { setting += 1 }
}
