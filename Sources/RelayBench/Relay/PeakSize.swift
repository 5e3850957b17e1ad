import Dispatch
import Synchronization

/// Watches how large a file gets.
// Sendable: the timer is made once and only cancelled; the number is under its lock.
final class PeakSize: @unchecked Sendable {
    private let peak = Mutex(0)
    private let timer: any DispatchSourceTimer
    private static let intervalMs = 5

    init(folder: BenchFolder, file: String) {
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "bench.peak"))
        timer.schedule(deadline: .now(), repeating: .milliseconds(PeakSize.intervalMs))
        timer.setEventHandler { [weak self] in
            let bytes = folder.bytes(of: file)
            self?.peak.withLock { $0 = max($0, bytes) }
        }
        timer.activate()
    }

    /// - Returns: the largest size seen, bytes.
    func stop() -> Int {
        timer.cancel()
        return peak.withLock { $0 }
    }
}
