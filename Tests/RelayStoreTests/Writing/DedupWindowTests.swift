import Testing

@testable import RelayStore

@Suite struct DedupWindowTests {
    @Test func `the oldest make room for the newest, round and round`() {
        var window = DedupWindow(limit: 4)
        for number in 1...11 { window.remember(UInt64(number), sequence: Int64(number * 10)) }
        #expect(window.count == 4)
        for number in 1...7 { #expect(window.sequence(for: UInt64(number)) == nil) }
        for number in 8...11 {
            #expect(window.sequence(for: UInt64(number)) == Int64(number * 10))
        }
    }

    @Test func `a rollback takes the newest out again, and the places are used anew`() {
        var window = DedupWindow(limit: 4)
        for number in 1...5 { window.remember(UInt64(number), sequence: Int64(number)) }
        window.forgetNewest(2)
        #expect(window.count == 2)
        #expect(window.sequence(for: 5) == nil && window.sequence(for: 4) == nil)
        #expect(window.sequence(for: 3) == 3 && window.sequence(for: 2) == 2)
        for number in 6...7 { window.remember(UInt64(number), sequence: Int64(number)) }
        #expect(window.sequence(for: 2) == 2 && window.sequence(for: 7) == 7)
        window.forgetNewest(9)
        #expect(window.count == 0 && window.sequence(for: 3) == nil)
    }

    @Test func `what is too old goes, and the rest is still found`() {
        var window = DedupWindow(limit: 8)
        for number in 1...6 { window.remember(UInt64(number), sequence: Int64(number)) }
        window.forget(before: 4)
        #expect(window.count == 3)
        #expect(window.sequence(for: 3) == nil && window.sequence(for: 4) == 4)
        for number in 7...13 { window.remember(UInt64(number), sequence: Int64(number)) }
        #expect(window.count == 8)
        for number in 6...13 { #expect(window.sequence(for: UInt64(number)) == Int64(number)) }
        window.forget(before: 100)
        #expect(window.count == 0)
    }

    @Test func `a key that comes again means its newest event`() {
        var window = DedupWindow(limit: 3)
        window.remember(7, sequence: 1)
        window.remember(7, sequence: 2)
        window.remember(8, sequence: 3)
        #expect(window.sequence(for: 7) == 2)
        window.remember(9, sequence: 4)
        #expect(window.sequence(for: 7) == 2, "the first of the two has made room")
        window.remember(10, sequence: 5)
        #expect(window.sequence(for: 7) == nil)
    }
}
