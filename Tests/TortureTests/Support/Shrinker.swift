/// Finds a shortest part of a failing list that still fails: takes out ever smaller pieces until
/// none can be spared.
enum Shrinker {
    static func shortest<Element>(
        of elements: [Element], fails: ([Element]) -> Bool
    ) -> [Element] {
        var current = elements
        var piece = max(1, current.count / 2)
        while true {
            var index = 0
            var isShorter = false
            while index < current.count {
                var shorter = current
                shorter.removeSubrange(index..<min(index + piece, shorter.count))
                if fails(shorter) {
                    current = shorter
                    isShorter = true
                } else {
                    index += piece
                }
            }
            if piece == 1, !isShorter { return current }
            if !isShorter { piece = max(1, piece / 2) }
        }
    }
}
