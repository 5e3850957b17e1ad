import RelayCore
import RelayTesting

/// Damages inputs, the same way for the same seed: bytes changed, cut, doubled, moved, and pieces
/// of one input put into another.
struct Mutator {
    private let sources: [[UInt8]]
    private var random: RandomDraw

    init(seed: UInt64, sources: [[UInt8]]) {
        self.sources = sources
        random = RandomDraw(SeededRandom(seed: seed))
    }

    mutating func next() -> [UInt8] {
        var input = sources.randomElement(using: &random) ?? []
        for _ in 0...Int.random(in: 0...3, using: &random) { damage(&input) }
        return input
    }

    private mutating func damage(_ input: inout [UInt8]) {
        let place = Int.random(in: 0...input.count, using: &random)
        let end = min(input.count, place + Int.random(in: 1...16, using: &random))
        switch Int.random(in: 0...6, using: &random) {
        case 0: input.insert(UInt8.random(in: 0...255, using: &random), at: place)
        case 1: input.removeSubrange(place..<end)
        case 2: input.insert(contentsOf: input[place..<end], at: place)
        case 3 where place < input.count:
            input[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 4: input.insert(Self.telling.randomElement(using: &random) ?? 0, at: place)
        case 5:
            let other = sources.randomElement(using: &random) ?? []
            input.replaceSubrange(place..<end, with: other.dropFirst(place).prefix(24))
        default:
            let other = sources.randomElement(using: &random) ?? []
            input.insert(
                contentsOf: other.prefix(Int.random(in: 0...24, using: &random)), at: place)
        }
    }

    /// What grammars speak of.
    private static let telling = Array(
        "\"\\{}[]:,/~%=. -+0eE\n\r\t\u{0}\u{7F}\u{80}\u{FFFD}'*#?&".utf8)
}
