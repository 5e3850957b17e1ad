import Dispatch

/// Curl's one timer on a Dispatch source.
///
/// Curl moves its timer several times per transfer while it hardly ever fires, so the source is set
/// only when the wanted moment lies before the armed one; a source that fires early is armed anew.
// Confined to the engine's queue.
final class CurlTimer {
    var onFire: () -> Void = {}
    private(set) var isDueNow = false

    private let source: any DispatchSourceTimer
    /// Moments in nanoseconds of uptime; `UInt64.max` is never.
    private var deadline = UInt64.max
    private var armed = UInt64.max
    private var nextSweep = UInt64.max
    private var isFired = false

    private static let sweepIntervalNanoseconds: UInt64 = 250_000_000

    init(queue: DispatchQueue) {
        source = DispatchSource.makeTimerSource(queue: queue)
        source.setEventHandler { [unowned self] in fired() }
        source.activate()
    }

    func cancel() {
        source.cancel()
        onFire = {}
        isDueNow = false
        deadline = .max
    }

    /// What curl's timer callback says; a negative time takes the timer away.
    func want(inMs timeoutMs: Int) {
        isDueNow = timeoutMs == 0
        deadline = timeoutMs > 0 ? Self.now + UInt64(timeoutMs) * 1_000_000 : .max
    }

    /// True once per due moment.
    func takeDue() -> Bool {
        let isDue = isDueNow || (isFired && deadline <= Self.now)
        isFired = false
        guard isDue else { return false }
        isDueNow = false
        deadline = .max
        return true
    }

    var isSweepDue: Bool {
        guard isFired, nextSweep <= Self.now else { return false }
        nextSweep = .max
        return true
    }

    /// At the end of a turn. A busy engine is also woken to look for overdue transfers.
    func arm(isBusy: Bool) {
        if !isBusy {
            nextSweep = .max
        } else if nextSweep == .max {
            nextSweep = Self.now + Self.sweepIntervalNanoseconds
        }
        let wanted = min(deadline, nextSweep)
        guard wanted < armed else { return }
        armed = wanted
        source.schedule(
            deadline: DispatchTime(uptimeNanoseconds: wanted), leeway: .milliseconds(1))
    }

    private func fired() {
        armed = .max
        isFired = true
        onFire()
    }

    private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
}
