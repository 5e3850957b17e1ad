package import RelayCore
package import RelayRuntime
package import RelayStore
import Synchronization

/// Decides what is sent next and records what came of it. One serial queue; RelayDelivery.swift
/// has the whole picture.
// Sendable: everything but the inbox is touched on `queue` alone; the inbox under its lock.
package final class Scheduler: @unchecked Sendable {
    struct Inbox {
        var stored: [[StoredEvent]] = []
        var storedCount = 0
        /// Events were stored that are not in `stored`, because too many wait already.
        var hasMissed = false
        var reports: [(transfer: UInt64, report: ParcelReport)] = []
        var receipts: [(finishes: [Finish], receipt: FinishReceipt)] = []
        var probes: [@Sendable () -> Void] = []
        var isScheduled = false

        /// Something happened: what waits may have to go now.
        var hasNews: Bool {
            !stored.isEmpty || hasMissed || !reports.isEmpty || !receipts.isEmpty
        }
    }

    /// A request that has left and not come back.
    struct Underway {
        let parcel: Parcel
        let destination: Int64
        let sinceNs: UInt64
    }

    enum Phase { case idle, running, draining, stopped }

    package let queue: any WorkQueue
    package let name = "delivery"
    let clock: any Clock
    let random: any RandomSource
    let writer: GroupWriter
    let reader: ClaimReader
    let log: Log
    let inbox = Mutex(Inbox())
    package let counters = DeliveryCounters()

    var lines: [Int64: DestinationLine] = [:]
    /// Destinations in the order in which they are served, turned by one at each pass.
    var order: [Int64] = []
    var relayTime: RelayTime
    var ageTrust: AgeTrust
    var phase = Phase.idle
    /// Finishes the store could not take (disk full); tried again with the next tick.
    var unrecorded: [Finish] = []
    var recording = 0
    var onDrained: (@Sendable () -> Void)?
    var alarm: (any Alarm)?
    var armedForNs: UInt64 = .max
    var underway: [UInt64: Underway] = [:]
    var nextTransfer: UInt64 = 0
    var word = OperatorWord()
    /// A read failed; the next tick starts from the front.
    var mustReread = false
    /// A store that cannot be read is met again with each event.
    var readFailures = LineBudget(linesPerMinute: Limits.destinationLinesPerMinute)
    var published: [Int64: GateReport] = [:]
    var publishedInFlight: Set<InFlightKey> = []
    /// For the metrics: what the gates were at the last tick.
    let readings = Mutex<[GateReading]>([])
    var drainMs: Int

    package init(
        plans: [DestinationPlan], writer: GroupWriter, reader: ClaimReader, clock: any Timekeeper,
        random: any RandomSource, log: Log, drainMs: Int = 20_000
    ) {
        self.writer = writer
        self.reader = reader
        self.clock = clock
        queue = clock.queue("holdfast.scheduler", .answering)
        self.random = random
        self.log = log
        self.drainMs = drainMs
        relayTime = RelayTime(clock: clock)
        ageTrust = AgeTrust(clock: clock)
        for plan in plans {
            lines[plan.number] = DestinationLine(
                plan: plan, counters: counters.destination(plan.name),
                nowNs: clock.monotonicNanoseconds)
            order.append(plan.number)
        }
    }

    /// Runs `body` for each destination in turn, beginning with another one each time.
    func forEachLine(_ body: (inout DestinationLine) throws -> Void) rethrows {
        queue.assertIsCurrent()
        guard !order.isEmpty else { return }
        order.append(order.removeFirst())
        for number in order {
            // Taken out and put back, so that the body may change it in place without a copy.
            guard var line = lines.removeValue(forKey: number) else { continue }
            defer { lines[number] = line }
            try body(&line)
        }
    }

    /// Looks again: a clock that only the caller moves has moved.
    package func wake() {
        queue.async { self.pump() }
    }

    /// Something happened: fills, sends, and sets the clock for what is due later.
    func pump() {
        queue.assertIsCurrent()
        guard phase == .running else { return }
        let now = relayTime.now()
        let nowNs = clock.monotonicNanoseconds
        var wakeNs = UInt64.max
        forEachLine { line in
            wakeNs = min(wakeNs, self.serve(&line, now: now, nowNs: nowNs))
        }
        arm(atNs: wakeNs)
    }

    /// Sends what one destination may get now.
    /// - Returns: when to look again, if nothing happens before.
    private func serve(_ line: inout DestinationLine, now: Timestamp, nowNs: UInt64) -> UInt64 {
        if line.isLeaving { return .max }
        do {
            for _ in 0..<Scheduler.sendsPerTurn {
                switch line.gate.preview(nowNs: nowNs) {
                case .full: return .max
                case .wait(let untilNs): return untilNs ?? .max
                case .send: break
                }
                try fill(&line, now: now)
                if let untilNs = lingers(&line, nowNs: nowNs) { return untilNs }
                guard let parcel = try nextParcel(&line) else {
                    // All that was read was passed over. The others get their turn before more.
                    if line.isBehind, line.hasRoom(for: .backlog) { return nowNs }
                    return dueNs(line, now: now, nowNs: nowNs)
                }
                _ = line.gate.admit(nowNs: nowNs)
                send(parcel, on: &line, nowNs: nowNs)
            }
            // The others get their turn; this one goes on after them.
            return nowNs
        } catch {
            // Nothing is lost by waiting: the next tick reads again.
            cannotRead(error, of: line.plan.name)
            mustReread = true
            return .max
        }
    }

    /// A damaged database does not heal: the store ends there, and an operator is told what to do.
    func cannotRead(_ error: any Error, of destination: String) {
        writer.noteReadFailure(error)
        guard readFailures.admits(nowNs: clock.monotonicNanoseconds) else { return }
        log.error(
            "the queue cannot be read",
            ["destination": .text(destination), "reason": "\(error)"])
    }

    /// Enough to fill the widest window, few enough that other destinations do not wait.
    private static var sendsPerTurn: Int { Limits.concurrencyRange.upperBound }

    private func send(_ parcel: Parcel, on line: inout DestinationLine, nowNs: UInt64) {
        let destination = line.plan.number
        nextTransfer &+= 1
        let transfer = nextTransfer
        line.left(parcel)
        underway[transfer] = Underway(parcel: parcel, destination: destination, sinceNs: nowNs)
        line.plan.courier.carry(parcel) { [weak self] report in
            self?.deposit { $0.reports.append((transfer, report)) }
        }
    }

    /// Adds to the inbox and makes sure that the queue will look into it once.
    func deposit(_ add: (inout Inbox) -> Void) {
        let wake = inbox.withLock { inbox in
            add(&inbox)
            defer { inbox.isScheduled = true }
            return !inbox.isScheduled
        }
        if wake { queue.async { self.openInbox() } }
    }

    private func openInbox() {
        let mail = inbox.withLock { inbox in
            var mail = Inbox()
            swap(&mail, &inbox)
            return mail
        }
        for events in mail.stored { takeStored(events) }
        if mail.hasMissed { forEachLine { $0.fallBehind() } }
        settle(mail.receipts)
        decide(mail.reports)
        if mail.hasNews { pump() }
        reportDrained()
        for answered in mail.probes { answered() }
    }

    /// Calls back, on the scheduler's queue, when everything that waits there now has been dealt
    /// with.
    package func probe(_ answered: @escaping @Sendable () -> Void) {
        deposit { $0.probes.append(answered) }
    }

    private func takeStored(_ events: [StoredEvent]) {
        guard phase == .running else { return }
        forEachLine { line in
            for event in events where event.event.route.destinations.contains(line.plan.number) {
                line.offer(event)
            }
        }
    }
}

extension Scheduler: HandOver {
    package func stored(_ events: [StoredEvent]) {
        deposit { inbox in
            guard inbox.storedCount < Limits.activeDeliveries else {
                inbox.hasMissed = true
                return
            }
            inbox.stored.append(events)
            inbox.storedCount += events.count
        }
    }
}
