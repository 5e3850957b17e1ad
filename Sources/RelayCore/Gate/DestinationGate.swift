/// How hard one destination may be pressed right now. A pure state machine: it is asked before
/// each send, told what each send came to, and keeps apart what Postfix keeps apart: a concurrency
/// window that moves gently, and a rest for a destination that cannot be reached at all.
///
/// All times are monotonic nanoseconds, so a jump of the wall clock neither stalls nor floods.
package struct DestinationGate: Sendable {
    package struct Settings: Sendable, Hashable {
        package let initialWindow: Int
        package let maxWindow: Int
        /// 0: no limit of the rate.
        package let ratePerSecond: Double

        package init(initialWindow: Int, maxWindow: Int, ratePerSecond: Double) {
            precondition(initialWindow >= 1 && maxWindow >= initialWindow && ratePerSecond >= 0)
            self.initialWindow = initialWindow
            self.maxWindow = maxWindow
            self.ratePerSecond = ratePerSecond
        }
    }

    /// Why nothing but a probe goes out.
    package enum Block: String, Sendable, Hashable {
        /// Connections fail.
        case resting
        /// Our credentials are not accepted.
        case credential
        /// The destination does not know us or the address.
        case refused
    }

    package enum State: Sendable, Hashable {
        case open
        /// One event is tried when the time has come; `streak` counts the probes that failed.
        case blocked(Block, untilNs: UInt64, streak: Int)
        /// The probe is out.
        case probing(Block, streak: Int)
    }

    package enum Admission: Sendable, Hashable {
        case send
        /// A send must end first.
        case full
        /// Not before this instant; nil: not until somebody says so.
        case wait(untilNs: UInt64?)
    }

    package enum Change: Sendable, Hashable {
        case opened(from: Block)
        case blocked(Block, untilNs: UInt64)
        case narrowed(window: Int)
        /// The window cannot get any smaller, so the destination is left alone for a while.
        case paused(untilNs: UInt64)
    }

    package private(set) var settings: Settings
    package private(set) var state: State = .open
    package private(set) var inFlight = 0
    /// Held by the operator; sends in flight end normally.
    package private(set) var isHeld = false

    var window: Double
    /// Below it the window grows by one a success, above it by one a round.
    var threshold: Double
    /// Decreases are counted once a round: not again until what was in flight then has ended.
    var ignoreDecreases = 0
    var connectionFailures = 0
    /// Busy answers in a row with a window of one, and until when nothing is sent because of them.
    var busyAtOne = 0
    var pausedUntilNs: UInt64 = 0
    var tokens: Double
    var refilledNs: UInt64

    package init(settings: Settings, nowNs: UInt64) {
        self.settings = settings
        window = Double(settings.initialWindow)
        threshold = Double(settings.maxWindow)
        tokens = DestinationGate.burst(settings)
        refilledNs = nowNs
    }

    /// Requests that may be in flight at once.
    package var windowSize: Int { max(1, Int(window)) }

    package var block: Block? {
        switch state {
        case .open: nil
        case .blocked(let block, _, _), .probing(let block, _): block
        }
    }

    /// When the gate looks again by itself, while it is blocked or pauses.
    package func closedUntilNs(nowNs: UInt64) -> UInt64? {
        switch state {
        case .blocked(_, let untilNs, _): untilNs
        case .open: nowNs < pausedUntilNs ? pausedUntilNs : nil
        case .probing: nil
        }
    }

    /// What `admit` would say. Asked first, so that nothing is packed that may not go.
    package func preview(nowNs: UInt64) -> Admission {
        if isHeld { return .wait(untilNs: nil) }
        switch state {
        case .probing: return .wait(untilNs: nil)
        case .blocked(_, let untilNs, _):
            guard nowNs >= untilNs else { return .wait(untilNs: untilNs) }
            // Stragglers from before the block must not be taken for the probe's answer.
            return inFlight == 0 ? .send : .full
        case .open:
            guard inFlight < windowSize else { return .full }
            if nowNs < pausedUntilNs { return .wait(untilNs: pausedUntilNs) }
            return tokenNs(nowNs: nowNs).map { .wait(untilNs: $0) } ?? .send
        }
    }

    /// Asks for one send; `.send` takes the place at once.
    package mutating func admit(nowNs: UInt64) -> Admission {
        let admission = preview(nowNs: nowNs)
        guard admission == .send else { return admission }
        if case .blocked(let block, _, let streak) = state {
            state = .probing(block, streak: streak)
        } else {
            takeToken(nowNs: nowNs)
        }
        inFlight += 1
        return .send
    }

    /// A send that was admitted was not made after all.
    package mutating func giveBack() {
        precondition(inFlight > 0)
        inFlight -= 1
        if case .probing(let block, let streak) = state {
            state = .blocked(block, untilNs: 0, streak: streak)
        }
    }

    /// New settings; the window stays what experience made it, inside the new bounds.
    package mutating func adopt(_ new: Settings) {
        guard new != settings else { return }
        settings = new
        window = min(max(window, Double(new.initialWindow)), Double(new.maxWindow))
        threshold = Double(new.maxWindow)
        tokens = min(tokens, DestinationGate.burst(new))
    }

    package mutating func hold() { isHeld = true }

    /// The operator's word, or a new configuration: forget every grudge and try again at once.
    package mutating func release() {
        isHeld = false
        connectionFailures = 0
        busyAtOne = 0
        pausedUntilNs = 0
        guard block != nil else { return }
        state = .open
        window = 1
    }

    package mutating func endHold() { isHeld = false }

    /// Returns whether the send belonged to a new round, whose word may narrow the window.
    mutating func ended() -> Bool {
        precondition(inFlight > 0)
        inFlight -= 1
        guard ignoreDecreases > 0 else { return true }
        ignoreDecreases -= 1
        return false
    }

    mutating func become(_ new: State) { state = new }

    // MARK: The rate

    /// Whoever waits looks again by then.
    private static let longestTokenWaitNs = 3_600_000_000_000.0

    static func burst(_ settings: Settings) -> Double { max(1, settings.ratePerSecond / 10) }

    /// Requests that may go at once; nil: the rate has no limit.
    package func rateTokens(nowNs: UInt64) -> Double? {
        settings.ratePerSecond > 0 ? tokens(nowNs: nowNs) : nil
    }

    private func tokens(nowNs: UInt64) -> Double {
        let passed = Double(nowNs - min(refilledNs, nowNs)) / 1_000_000_000
        return min(DestinationGate.burst(settings), tokens + passed * settings.ratePerSecond)
    }

    /// When there will be a token; nil when there is one.
    private func tokenNs(nowNs: UInt64) -> UInt64? {
        guard settings.ratePerSecond > 0 else { return nil }
        let missing = 1 - tokens(nowNs: nowNs)
        guard missing > 0 else { return nil }
        let waitNs = (missing / settings.ratePerSecond * 1_000_000_000).rounded(.up)
        return nowNs + UInt64(min(waitNs, DestinationGate.longestTokenWaitNs))
    }

    private mutating func takeToken(nowNs: UInt64) {
        guard settings.ratePerSecond > 0 else { return }
        tokens = tokens(nowNs: nowNs) - 1
        refilledNs = nowNs
    }
}
