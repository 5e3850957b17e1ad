import RelayCore
import RelayTesting
import Testing

@Suite struct DestinationGateTests {
    private static let second: UInt64 = 1_000_000_000
    private var draw = RandomDraw(SeededRandom(seed: 3))

    @Test mutating func `the window bounds what is under way and widens with success`() {
        var gate = gate(initial: 2, max: 4)
        #expect(admitAll(&gate) == 2)
        #expect(gate.ended(.well, nowNs: 0, using: &draw) == nil)
        #expect(gate.windowSize == 3)
        #expect(admitAll(&gate) == 2)
        for _ in 0..<20 {
            _ = gate.ended(.well, nowNs: 0, using: &draw)
            _ = admitAll(&gate)
        }
        #expect(gate.windowSize == 4)
        #expect(gate.inFlight == 4)
    }

    @Test mutating func `a busy destination halves the window once a round`() {
        var gate = gate(initial: 16, max: 16)
        #expect(admitAll(&gate) == 16)
        #expect(gate.ended(.busy, nowNs: 0, using: &draw) == .narrowed(window: 8))
        for _ in 0..<15 { #expect(gate.ended(.busy, nowNs: 0, using: &draw) == nil) }
        #expect(gate.windowSize == 8)
        #expect(admitAll(&gate) == 8)
        #expect(gate.ended(.busy, nowNs: 0, using: &draw) == .narrowed(window: 4))
    }

    @Test mutating func `repeated connection failures rest it, and one probe decides`() {
        var gate = gate(initial: 8, max: 8)
        let change = rest(&gate)
        guard case .blocked(.resting, let untilNs)? = change else {
            Issue.record("it must rest, not \(String(describing: change))")
            return
        }
        #expect(gate.admit(nowNs: untilNs - 1) == .wait(untilNs: untilNs))
        #expect(gate.admit(nowNs: untilNs) == .send)
        #expect(gate.admit(nowNs: untilNs) == .wait(untilNs: nil), "one probe, not two")
        #expect(gate.ended(.well, nowNs: untilNs, using: &draw) == .opened(from: .resting))
        #expect(gate.windowSize == 1, "slowly at first")
        #expect(admitAll(&gate) == 1)
    }

    @Test mutating func `what fails together counts once`() {
        var gate = gate(initial: 8, max: 8)
        #expect(admitAll(&gate) == 8)
        for _ in 0..<8 { #expect(gate.ended(.unreachable, nowNs: 0, using: &draw) == nil) }
        #expect(gate.block == nil)
    }

    @Test mutating func `rests grow while probes fail, up to a minute`() {
        var gate = gate(initial: 8, max: 8)
        guard case .blocked(_, var untilNs)? = rest(&gate) else { return }
        var rests: [UInt64] = []
        for _ in 0..<12 {
            #expect(gate.admit(nowNs: untilNs) == .send)
            guard
                case .blocked(.resting, let nextNs)? = gate.ended(
                    .unreachable, nowNs: untilNs, using: &draw)
            else {
                Issue.record("a failed probe rests again")
                return
            }
            rests.append(nextNs - untilNs)
            untilNs = nextNs
        }
        #expect(rests[0] >= 3 * Self.second / 2 && rests[0] <= 2 * Self.second)
        #expect(rests[11] >= 45 * Self.second && rests[11] <= 60 * Self.second)
    }

    @Test(arguments: [
        (GateSignal.credential, DestinationGate.Block.credential),
        (GateSignal.refused, DestinationGate.Block.refused),
    ])
    func `refused credentials or address leave it alone from 30 s to 15 min`(
        signal: GateSignal, block: DestinationGate.Block
    ) {
        var draw = RandomDraw(SeededRandom(seed: 4))
        var gate = gate(initial: 4, max: 4)
        #expect(gate.admit(nowNs: 0) == .send)
        var nowNs: UInt64 = 0
        var lastNs: UInt64 = 0
        for round in 0..<8 {
            guard
                case .blocked(let said, let untilNs)? = gate.ended(
                    signal, nowNs: nowNs, using: &draw), said == block
            else {
                Issue.record("round \(round) must block")
                return
            }
            lastNs = untilNs - nowNs
            if round == 0 {
                #expect(lastNs <= 30 * Self.second && lastNs >= 22 * Self.second)
            }
            nowNs = untilNs
            #expect(gate.admit(nowNs: nowNs) == .send)
        }
        #expect(lastNs <= 900 * Self.second && lastNs >= 675 * Self.second)
    }

    @Test mutating func `stragglers of a blocked destination do not count as the probe`() {
        var gate = gate(initial: 8, max: 8)
        #expect(admitAll(&gate) == 8)
        _ = gate.ended(.credential, nowNs: 0, using: &draw)
        #expect(gate.ended(.well, nowNs: 1, using: &draw) == nil)
        #expect(gate.block == .credential)
        #expect(gate.admit(nowNs: 60 * Self.second) == .full, "six are still under way")
        for _ in 0..<6 { _ = gate.ended(.credential, nowNs: 2, using: &draw) }
        #expect(gate.admit(nowNs: 60 * Self.second) == .send)
    }

    @Test mutating func `a hold stops it and a release forgets every grudge`() {
        var gate = gate(initial: 4, max: 4)
        gate.hold()
        #expect(gate.admit(nowNs: 0) == .wait(untilNs: nil))
        gate.endHold()
        #expect(gate.admit(nowNs: 0) == .send)
        _ = gate.ended(.refused, nowNs: 0, using: &draw)
        #expect(gate.block == .refused)
        gate.release()
        #expect(gate.block == nil)
        #expect(gate.admit(nowNs: 0) == .send)
    }

    @Test func `the rate is a token bucket with a tenth of a second of burst`() {
        var gate = DestinationGate(
            settings: .init(initialWindow: 1000, maxWindow: 1000, ratePerSecond: 100), nowNs: 0)
        #expect(admitAll(&gate) == 10)
        guard case .wait(let untilNs?) = gate.admit(nowNs: 0) else {
            Issue.record("the bucket is empty")
            return
        }
        #expect(untilNs == Self.second / 100)
        #expect(gate.admit(nowNs: untilNs) == .send)
        #expect(gate.preview(nowNs: untilNs) != .send)
        #expect(admitAll(&gate, nowNs: 1000 * Self.second) == 10, "saved up no more than a burst")
    }

    @Test(arguments: [0.001, 0.2, 25_000, 1_000_000])
    func `rates far below one and far above ten thousand hold over time`(rate: Double) {
        var gate = DestinationGate(
            settings: .init(initialWindow: 1024, maxWindow: 1024, ratePerSecond: rate), nowNs: 0)
        var draw = RandomDraw(SeededRandom(seed: 5))
        let seconds = rate < 1 ? 5 / rate : 0.2
        var nowNs: UInt64 = 0
        var sent = 0
        while Double(nowNs) < seconds * 1e9 {
            switch gate.admit(nowNs: nowNs) {
            case .send:
                sent += 1
                _ = gate.ended(.well, nowNs: nowNs, using: &draw)
            case .wait(let untilNs?):
                #expect(untilNs > nowNs)
                // As a timer does: a little late, and never finer than a tenth of a millisecond.
                nowNs = max(untilNs, nowNs + 100_000)
            default:
                Issue.record("nothing but the rate bounds it")
                return
            }
        }
        let bound = seconds * rate + max(1, rate / 10)
        #expect(Double(sent) <= bound + 1)
        #expect(Double(sent) >= seconds * rate * 0.99)
    }

    @Test mutating func `busy with a window of one: it is left alone, longer each time`() {
        var gate = gate(initial: 1, max: 4)
        #expect(gate.admit(nowNs: 0) == .send)
        #expect(gate.ended(.busy, nowNs: 0, using: &draw) == nil, "once is no reason")
        var nowNs: UInt64 = 0
        var pauses: [UInt64] = []
        for _ in 0..<9 {
            #expect(gate.admit(nowNs: nowNs) == .send)
            guard case .paused(let untilNs)? = gate.ended(.busy, nowNs: nowNs, using: &draw) else {
                Issue.record("it must pause")
                return
            }
            #expect(gate.preview(nowNs: untilNs - 1) == .wait(untilNs: untilNs))
            #expect(gate.closedUntilNs(nowNs: nowNs) == untilNs)
            pauses.append(untilNs - nowNs)
            nowNs = untilNs
        }
        #expect(pauses[0] >= Self.second && pauses[0] <= Self.second * 9 / 8)
        #expect(pauses[8] >= 60 * Self.second && pauses[8] <= 68 * Self.second)
        #expect(gate.admit(nowNs: nowNs) == .send)
        _ = gate.ended(.well, nowNs: nowNs, using: &draw)
        #expect(gate.windowSize == 2, "and opens again with the first success")
    }

    @Test(arguments: [(Int64(20_000), UInt64(20)), (-5, 0), (9_000_000_000, 60)])
    func `what a busy destination asks for bounds the pause, itself bounded`(
        askedMs: Int64, seconds: UInt64
    ) {
        var draw = RandomDraw(SeededRandom(seed: 6))
        var gate = gate(initial: 1, max: 1)
        #expect(gate.admit(nowNs: 0) == .send)
        let change = gate.ended(.busy, askedMs: askedMs, nowNs: 0, using: &draw)
        guard case .paused(let untilNs)? = change else {
            #expect(seconds == 0 && change == nil)
            return
        }
        #expect(untilNs >= seconds * Self.second && untilNs <= seconds * Self.second * 9 / 8)
        gate.release()
        #expect(gate.admit(nowNs: 0) == .send, "a release ends it")
    }

    @Test mutating func `a probe given back can be sent again`() {
        var gate = gate(initial: 8, max: 8)
        guard case .blocked(_, let untilNs)? = rest(&gate) else { return }
        #expect(gate.admit(nowNs: untilNs) == .send)
        gate.giveBack()
        #expect(gate.admit(nowNs: untilNs) == .send)
    }

    private func gate(initial: Int, max: Int) -> DestinationGate {
        DestinationGate(
            settings: .init(initialWindow: initial, maxWindow: max, ratePerSecond: 0), nowNs: 0)
    }

    private func admitAll(_ gate: inout DestinationGate, nowNs: UInt64 = 0) -> Int {
        var count = 0
        while gate.admit(nowNs: nowNs) == .send { count += 1 }
        return count
    }

    private mutating func rest(_ gate: inout DestinationGate) -> DestinationGate.Change? {
        var change: DestinationGate.Change?
        for _ in 0..<5 {
            #expect(gate.admit(nowNs: 0) == .send)
            change = gate.ended(.unreachable, nowNs: 0, using: &draw)
        }
        return change
    }
}
