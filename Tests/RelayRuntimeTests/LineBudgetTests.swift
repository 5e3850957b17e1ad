import RelayRuntime
import Testing

@Suite struct LineBudgetTests {
    private static let minuteNs: UInt64 = 60_000_000_000

    @Test func `so many lines a minute, then none, and the rest is told as a number`() {
        var budget = LineBudget(linesPerMinute: 3)
        let admitted = (0..<10).map { budget.admits(nowNs: 1_000_000_000 + $0) }
        #expect(admitted.filter { $0 }.count == 3 && admitted.prefix(3).allSatisfy { $0 })
        let early = budget.settle(nowNs: 2_000_000_000)
        #expect(early == nil, "the minute is not over")
        let told = budget.settle(nowNs: 1_000_000_000 + Self.minuteNs)
        #expect(told == 7)
        let again = budget.settle(nowNs: 1_000_000_000 + 3 * Self.minuteNs)
        #expect(again == nil, "told once")
    }

    @Test func `a new minute begins with the next line`() {
        var budget = LineBudget(linesPerMinute: 1)
        let admitted = [budget.admits(nowNs: 0), budget.admits(nowNs: 1)]
        let told = budget.settle(nowNs: Self.minuteNs)
        let next = budget.admits(nowNs: Self.minuteNs + 5)
        #expect(admitted == [true, false] && told == 1 && next)
    }

    @Test func `a minute in which nothing was left out needs no word`() {
        var budget = LineBudget(linesPerMinute: 1)
        let first = budget.admits(nowNs: 0)
        let told = budget.settle(nowNs: Self.minuteNs)
        let next = budget.admits(nowNs: Self.minuteNs)
        #expect(first && told == nil && next)
    }
}
