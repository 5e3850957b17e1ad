import Dispatch
import Synchronization

/// Watches how large a file gets.
final class PeakSize: Sendable {
    private let peak = Mutex(0)
    private let timer: Mutex<(any DispatchSourceTimer)?> = Mutex(nil)
    private static let intervalMs = 5

    init(folder: BenchFolder, file: String) {
        let source = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "bench.peak"))
        source.schedule(deadline: .now(), repeating: .milliseconds(PeakSize.intervalMs))
        source.setEventHandler { [weak self] in
            let bytes = folder.bytes(of: file)
            self?.peak.withLock { $0 = max($0, bytes) }
        }
        source.activate()
        timer.withLock { $0 = source }
    }

    /// - Returns: the largest size seen, bytes.
    func stop() -> Int {
        timer.withLock { timer in
            timer?.cancel()
            timer = nil
        }
        return peak.withLock { $0 }
    }
}
