import RelayCore

extension FuzzTarget {
    /// What a pointer prints is the pointer again; a wrong one is told without control characters.
    static let pointer = FuzzTarget(
        "pointer", seeds: ["/a/0/b~1c/~0~01", "", "/", "/~", "a"]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        guard let pointer = try? JSONPointer(text) else {
            return try hold(
                !text.isEmpty
                    && (!text.utf8.starts(with: "/".utf8) || text.utf8.contains(0x7E)),
                "refused: \(text.debugDescription)")
        }
        let printed = pointer.description
        guard let again = try? JSONPointer(printed) else {
            throw Finding("prints as \(printed.debugDescription), which is no pointer")
        }
        try hold(
            again.tokens.map { Array($0.utf8) } == pointer.tokens.map { Array($0.utf8) },
            "prints as \(printed.debugDescription), which leads elsewhere")
    }
}
