import Dispatch
import RelayCore
import RelayRuntime
import RelayStore

extension Scheduler: Service {
    /// How soon a change made by a command is seen, and how often gates are published, ms.
    private static var tickMs: Int { 500 }

    package func start() throws {
        try queue.sync {
            phase = .running
            try readHolds()
            let timer = DispatchSource.makeTimerSource(queue: queue)
            timer.setEventHandler { [weak self] in self?.timerFired() }
            timer.schedule(deadline: .distantFuture)
            timer.activate()
            self.timer = timer
            pump()
            tick()
        }
    }

    /// Sends nothing new, lets what is under way end within the limit, then gives the rest back.
    package func stop(completion: @escaping @Sendable () -> Void) {
        queue.async { [self] in
            phase = .draining
            onDrained = completion
            forEachLine { $0.dropReady() }
            queue.asyncAfter(deadline: .now() + .milliseconds(drainMs)) { [weak self] in
                self?.cutDrain()
            }
            reportDrained()
        }
    }

    /// Ends the drain at once: sends under way are cancelled and are due again at the next start.
    package func cutShort() {
        queue.async { [self] in cutDrain() }
    }

    private func cutDrain() {
        guard phase == .draining else { return }
        finishStop()
    }

    func reportDrained() {
        guard phase == .draining, recording == 0 else { return }
        guard lines.values.allSatisfy({ $0.gate.inFlight == 0 }) else { return }
        finishStop()
    }

    private func finishStop() {
        phase = .stopped
        timer?.cancel()
        timer = nil
        reader.close()
        onDrained?()
        onDrained = nil
    }

    func arm(atNs: UInt64) {
        guard atNs != armedForNs else { return }
        armedForNs = atNs
        guard atNs != .max else {
            timer?.schedule(deadline: .distantFuture)
            return
        }
        let nowNs = clock.monotonicNanoseconds
        let waitNs = min(atNs - min(nowNs, atNs), 3_600_000_000_000)
        timer?.schedule(deadline: .now() + .nanoseconds(Int(waitNs)), leeway: .milliseconds(1))
    }

    private func timerFired() {
        armedForNs = .max
        pump()
    }

    /// Twice a second: has an operator's command changed the store; what do the gates say.
    private func tick() {
        guard phase == .running || phase == .draining else { return }
        queue.asyncAfter(deadline: .now() + .milliseconds(Scheduler.tickMs)) { [weak self] in
            self?.tick()
        }
        if !unrecorded.isEmpty {
            let finishes = unrecorded
            unrecorded.removeAll()
            record(finishes)
        }
        guard phase == .running else { return }
        publishGates()
        writer.whenChangedByOthers { [weak self] in
            guard let self else { return }
            queue.async { self.storeChanged() }
        }
        if mustReread { storeChanged() }
    }

    func storeChanged() {
        guard phase == .running else { return }
        mustReread = false
        do {
            try readHolds()
        } catch {
            log.error("holds cannot be read", ["reason": "\(error)"])
            mustReread = true
        }
        forEachLine { $0.rereadStore() }
        pump()
    }

    private func readHolds() throws {
        let held = try reader.holds(now: relayTime.now())
        forEachLine { line in
            let isHeld = held.contains(line.plan.number)
            guard isHeld != line.gate.isHeld else { return }
            if isHeld { line.gate.hold() } else { line.gate.endHold() }
            self.log.info(
                isHeld ? "destination held" : "destination released",
                ["destination": .text(line.plan.name)])
        }
    }

    /// Says what the gates are, when it is not what was said before.
    private func publishGates() {
        let now = relayTime.now()
        let nowNs = clock.monotonicNanoseconds
        var news: [GateReport] = []
        for line in lines.values {
            let report = GateReport(line, now: now, nowNs: nowNs)
            if published[report.destination]?.says(report) == true { continue }
            published[report.destination] = report
            news.append(report)
        }
        guard !news.isEmpty else { return }
        let reports = news
        writer.perform({ ledger in for report in reports { try ledger.publish(report) } }) { _ in }
    }
}
