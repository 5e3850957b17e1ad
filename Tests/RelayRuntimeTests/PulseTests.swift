import RelayCore
import RelayRuntime
import RelayTesting
import Synchronization
import Testing

@Suite struct PulseTests {
    private let clock = ManualClock()
    private let lines = Mailbox<String>()
    private let held = Mailbox<@Sendable () -> Void>()

    private func pulse(_ parts: [Pulse.Part]) -> Pulse {
        let lines = lines
        return Pulse(
            parts, clock: clock,
            log: Log(level: .info, format: .text, clock: clock) { bytes in
                lines.put(String(decoding: bytes, as: UTF8.self))
            })
    }

    private var silent: Pulse.Part {
        let held = held
        return Pulse.Part("writer") { held.put($0) }
    }

    private let lively = Pulse.Part("scheduler") { $0() }

    @Test func `parts that answer move`() {
        let pulse = pulse([lively])
        for _ in 0..<40 {
            pulse.beat()
            clock.advance(ms: 1000)
        }
        #expect(pulse.standing.isEmpty)
    }

    @Test func `a part whose answer is overdue stands still, and it alone`() {
        let pulse = pulse([silent, lively])
        pulse.beat()
        clock.advance(ms: Limits.standstillMs - 1)
        pulse.beat()
        #expect(pulse.standing.isEmpty)
        clock.advance(ms: 1)
        #expect(pulse.standing.map(\.part) == ["writer"])
        #expect(pulse.standing.map(\.milliseconds) == [Limits.standstillMs])
    }

    @Test func `a part is asked again only when it has answered`() {
        let pulse = pulse([silent])
        for _ in 0..<3 { pulse.beat() }
        #expect(held.count == 1)
        held.take()()
        pulse.beat()
        #expect(held.count == 1)
    }

    @Test func `a part that answers late moves again, and the log has one line for each change`() {
        let pulse = pulse([silent])
        pulse.beat()
        clock.advance(ms: Limits.standstillMs)
        for _ in 0..<3 { pulse.beat() }
        #expect(lines.count == 1)
        #expect(lines.take().contains("error a part of the relay stands still part=writer"))
        held.take()()
        pulse.beat()
        #expect(pulse.standing.isEmpty)
        #expect(lines.take().contains("moves again"))
    }

    @Test func `listeners hear at each beat what stands still`() {
        let pulse = pulse([silent])
        let heard = Mailbox<[String]>()
        pulse.onBeat { heard.put($0.map(\.part)) }
        pulse.beat()
        clock.advance(ms: Limits.standstillMs)
        pulse.beat()
        #expect(heard.take() == [])
        #expect(heard.take() == ["writer"])
    }

    @Test func `a pulse that no longer beats counts as a standstill`() {
        let pulse = pulse([lively])
        pulse.beat()
        clock.advance(ms: Limits.standstillMs)
        #expect(pulse.standing.map(\.part) == ["pulse"])
    }

    @Test func `it beats by itself once it is started and until it is stopped`() throws {
        let beats = Mailbox<Bool>()
        let pulse = pulse([lively])
        pulse.onBeat { _ in beats.put(true) }
        try pulse.start()
        for _ in 0..<2 { _ = beats.take() }
        let stopped = Mailbox<Bool>()
        pulse.stop { stopped.put(true) }
        _ = stopped.take()
        clock.advance(ms: 10 * Limits.standstillMs)
        #expect(pulse.standing.isEmpty)
    }
}
