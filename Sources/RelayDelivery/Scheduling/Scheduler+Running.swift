import RelayCore
import RelayRuntime
import RelayStore

extension Scheduler: Service {
    /// How soon a change made by a command is seen, and how often gates are published, ms.
    private static var tickMs: Int { 500 }

    package func start() throws {
        try queue.sync {
            // Before it runs, so that an old release is not taken for a new one.
            try obey(reader.operatorWord(now: relayTime.now()))
            phase = .running
            alarm = queue.alarm { [weak self] in self?.alarmRang() }
            // What an earlier process said of its requests is no longer so.
            writer.perform({ try $0.publish(inFlight: [], removed: nil) }) { _ in }
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
            queue.async(afterMs: drainMs) { [weak self] in
                self?.finishStop()
            }
            reportDrained()
        }
    }

    /// Ends the drain at once, or makes the one to come end at once: what is under way is due
    /// again at the next start.
    package func cutShort() {
        queue.async { [self] in
            drainMs = 0
            finishStop()
        }
    }

    func reportDrained() {
        guard phase == .draining, recording == 0, unrecorded.isEmpty else { return }
        guard lines.values.allSatisfy({ $0.gate.inFlight == 0 }) else { return }
        finishStop()
    }

    private func finishStop() {
        guard phase == .draining else { return }
        phase = .stopped
        alarm?.cancel()
        alarm = nil
        reader.close()
        onDrained?()
        onDrained = nil
    }

    func arm(atNs: UInt64) {
        guard atNs != armedForNs else { return }
        armedForNs = atNs
        guard atNs != .max else {
            alarm?.set(afterNs: nil)
            return
        }
        let nowNs = clock.monotonicNanoseconds
        alarm?.set(afterNs: min(atNs - min(nowNs, atNs), 3_600_000_000_000))
    }

    private func alarmRang() {
        armedForNs = .max
        pump()
    }

    /// Twice a second: what could not be recorded, what is too old, what the gates say, and
    /// whether an operator's command has changed the store.
    private func tick() {
        guard phase == .running || phase == .draining else { return }
        queue.async(afterMs: Scheduler.tickMs) { [weak self] in
            self?.tick()
        }
        let waiting = unrecorded
        unrecorded.removeAll()
        record(waiting)
        observe()
        guard phase == .running else { return }
        if recording == 0 {
            lines = lines.filter { !$0.value.isLeaving || $0.value.gate.inFlight > 0 }
            order = order.filter { lines[$0] != nil }
        }
        lookAtClock()
        expireOverdue()
        publish()
        writer.whenChangedByOthers { [weak self] in
            guard let self else { return }
            queue.async { self.storeChanged() }
        }
        let now = relayTime.now()
        let hasEndedHold = word.holds.values.contains { until in until.map { $0 <= now } ?? false }
        if mustReread || hasEndedHold { storeChanged() }
    }

    func lookAtClock() {
        guard let jumpedMs = ageTrust.look(at: clock) else { return }
        log.warning(
            "the wall clock has jumped ahead: for an hour no event ends by its age",
            ["seconds": .number(jumpedMs / 1000)])
    }

    private func expireOverdue() {
        let now = relayTime.now()
        var finishes: [Finish] = []
        forEachLine { line in
            do {
                let overdue = try self.expireOverdue(&line, now: now)
                finishes += overdue
                guard !overdue.isEmpty else { return }
                self.warn(
                    "events have grown older than maxAge while nothing could be sent", &line,
                    ["destination": .text(line.plan.name), "count": .number(overdue.count)])
            } catch {
                self.cannotRead(error, of: line.plan.name)
            }
        }
        record(finishes)
    }

    /// Somebody else has written: an operator's command. Its changes may concern anything but
    /// untried deliveries behind the cursor, since only this process makes those.
    func storeChanged() {
        guard phase == .running else { return }
        mustReread = false
        do {
            let now = relayTime.now()
            try obey(reader.operatorWord(now: now))
            try forEachLine { line in
                line.doubtAll()
                line.lookAgain(from: Timestamp(milliseconds: 0))
                if line.isFull || line.lanes.hasMoreWaiting(than: Scheduler.lanesPerChange) {
                    line.readAgain()
                    return
                }
                for lane in line.lanes.idleWithWaiting {
                    guard !line.isFull else { return line.readAgain() }
                    try self.askForLane(lane, &line, now: now)
                }
            }
        } catch {
            writer.noteReadFailure(error)
            if readFailures.admits(nowNs: clock.monotonicNanoseconds) {
                log.error("the operator's changes cannot be read", ["reason": "\(error)"])
            }
            mustReread = true
        }
        pump()
    }

    private static var lanesPerChange: Int { 4096 }

    /// Holds and releases as the operator last said them.
    private func obey(_ new: OperatorWord) {
        let old = word
        word = new
        forEachLine { line in
            let number = line.plan.number
            let name = LogValue.text(line.plan.name)
            let isHeld = new.holds[number] != nil
            if isHeld, !line.gate.isHeld {
                line.gate.hold()
                log.info("destination held", ["destination": name])
            } else if !isHeld, line.gate.isHeld {
                line.gate.endHold()
                log.info("destination no longer held", ["destination": name])
            }
            if phase == .running, old.releases[number] != new.releases[number] {
                line.forgive()
                log.info("destination released", ["destination": name])
            }
        }
    }
}
