/// Finds what somebody probably meant to type.
package enum NearestName {
    /// The candidate with the fewest slips away (a letter more, less, wrong, or two swapped; case
    /// does not count), the earlier one of equals; nil when even that is no likely slip. A word
    /// cut short is as good as two slips.
    package static func of(_ word: String, among candidates: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars)
        var best: (name: String, slips: Int)?
        for candidate in candidates {
            let letters = Array(candidate.lowercased().unicodeScalars)
            let isCutShort = wanted.count >= 3 && letters.starts(with: wanted)
            let slips =
                isCutShort ? min(2, letters.count - wanted.count) : slips(from: wanted, to: letters)
            let longer = max(wanted.count, letters.count)
            guard isCutShort || slips <= max(1, longer * 2 / 5) && slips < longer else { continue }
            if slips < best?.slips ?? Int.max { best = (candidate, slips) }
        }
        return best?.name
    }

    /// Optimal string alignment distance, three rows at a time.
    static func slips(from word: [Unicode.Scalar], to other: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for row in 0..<word.count {
            var current = [row + 1]
            current.reserveCapacity(other.count + 1)
            for column in 0..<other.count {
                let change = word[row] == other[column] ? 0 : 1
                var slips = min(
                    last[column] + change, last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, word[row] == other[column - 1],
                    word[row - 1] == other[column]
                {
                    slips = min(slips, beforeLast[column - 1] + 1)
                }
                current.append(slips)
            }
            (beforeLast, last) = (last, current)
        }
        return last[other.count]
    }
}
