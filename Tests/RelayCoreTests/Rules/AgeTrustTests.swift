import RelayCore
import RelayTesting
import Testing

@Suite struct AgeTrustTests {
    private let clock = ManualClock()
    private let week = RetryPolicy()
    private let minute = RetryPolicy(maxAgeMs: 60_000)

    private func isSettled(_ trust: AgeTrust, _ policy: RetryPolicy) -> Bool {
        trust.isSettled(policy, nowNs: clock.monotonicNanoseconds)
    }

    @Test func `after a start ages count from an hour on, or from a shorter maxAge on`() {
        let trust = AgeTrust(clock: clock)
        #expect(!isSettled(trust, week) && !isSettled(trust, minute))
        clock.advance(ms: 60_000)
        #expect(!isSettled(trust, week) && isSettled(trust, minute))
        clock.advance(ms: 3_540_000)
        #expect(isSettled(trust, week))
    }

    @Test func `a jump ahead begins it anew and is told once`() {
        var trust = AgeTrust(clock: clock)
        clock.advance(ms: 7_200_000)
        let look1 = trust.look(at: clock)
        #expect(look1 == nil)
        #expect(isSettled(trust, week))
        clock.jump(ms: 5 * 3_600_000)
        let (first, second) = (trust.look(at: clock), trust.look(at: clock))
        #expect(first == 5 * 3_600_000 && second == nil)
        #expect(!isSettled(trust, week))
        clock.advance(ms: 3_600_000)
        let look2 = trust.look(at: clock)
        #expect(look2 == nil)
        #expect(isSettled(trust, week))
    }

    @Test func `time passing, small steps and a clock set back are no jump`() {
        var trust = AgeTrust(clock: clock)
        clock.advance(ms: 86_400_000)
        let look3 = trust.look(at: clock)
        #expect(look3 == nil)
        clock.jump(ms: 59_000)
        let look4 = trust.look(at: clock)
        #expect(look4 == nil)
        clock.jump(ms: -86_400_000)
        let look5 = trust.look(at: clock)
        #expect(look5 == nil)
        #expect(isSettled(trust, week))
    }

    @Test func `a clock that is believed from the start is so until it jumps`() {
        var trust = AgeTrust(clock: clock, isBelieved: true)
        #expect(isSettled(trust, week))
        clock.jump(ms: 5 * 3_600_000)
        _ = trust.look(at: clock)
        #expect(!isSettled(trust, week) && trust.isSettled(lifeMs: 0, nowNs: 0))
    }
}
