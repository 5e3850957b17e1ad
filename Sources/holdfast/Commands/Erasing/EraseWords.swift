import RelayStore

/// What would be erased, in words.
struct EraseWords {
    let lines: [String]

    private static func quoting(_ choice: ErasureChoice) -> [String] {
        guard let sample = choice.quotingSample else { return [] }
        return [
            "\(Words.events(choice.quoting)) more quote it elsewhere in body, headers or query, "
                + "such as \(sample); --everywhere takes them, too"
        ]
    }

    init(_ choice: ErasureChoice) {
        let repeats =
            choice.duplicates > 0
            ? ", \(Words.count(Int64(choice.duplicates))) of them repeats" : ""
        lines =
            [
                "\(Words.events(choice.sequences.count)) with \(Words.bytes(choice.bodyBytes)) of "
                    + "bodies\(repeats), of \(Words.events(choice.scanned)) read"
            ] + choice.sample.map { "  \($0)" }
            + (choice.sequences.count > choice.sample.count ? ["  ..."] : [])
            + Self.quoting(choice)
    }
}
