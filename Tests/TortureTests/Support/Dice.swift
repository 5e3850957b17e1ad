import RelayTesting

/// Small numbers from a seed.
struct Dice {
    private let random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(random.next() % UInt64(range.count))
    }

    mutating func isOne(in number: Int) -> Bool { self.number(1...number) == 1 }
}
