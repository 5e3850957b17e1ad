import RelayStore

/// What would be erased, in words.
struct EraseWords {
    let lines: [String]

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
    }
}
