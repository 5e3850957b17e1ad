import RelayCore
import RelayRuntime
import RelayTesting
import Synchronization
import Testing

@testable import holdfast

@Suite struct RefusalLogTests {
    private let clock = ManualClock()
    private let lines = Mailbox<String>()

    @Test func `each reason has one line a minute, with what has come since the last`() {
        let lines = lines
        let counts = Counts()
        let refusals = RefusalLog(
            clock: clock,
            log: Log(level: .info, format: .text, clock: clock) {
                lines.put(String(decoding: $0, as: UTF8.self))
            }, counts: { counts.all })
        counts.set("not_found", 5)
        counts.set("connection_limit", 2)
        refusals.beat()
        #expect(lines.count == 0, "the minute is not over")
        clock.advance(ms: 60_000)
        refusals.beat()
        let words = "requests were refused in the last minute reason="
        #expect(lines.take().contains("warning \(words)connection_limit count=2"))
        #expect(lines.take().contains("info \(words)not_found count=5"))
        counts.set("not_found", 12)
        clock.advance(ms: 60_000)
        refusals.beat()
        refusals.beat()
        #expect(lines.take().contains("\(words)not_found count=7"))
        clock.advance(ms: 60_000)
        refusals.beat()
        #expect(lines.count == 0, "nothing is new")
    }

    private final class Counts: Sendable {
        private let counts = Mutex<[String: Int64]>([:])

        func set(_ outcome: String, _ count: Int64) { counts.withLock { $0[outcome] = count } }

        var all: [(outcome: String, count: Int64)] {
            counts.withLock { counts in
                counts.sorted { $0.key < $1.key }.map { (outcome: $0.key, count: $0.value) }
            }
        }
    }
}
