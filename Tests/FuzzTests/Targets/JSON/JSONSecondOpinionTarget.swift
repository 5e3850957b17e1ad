import Foundation
import RelayCore

extension FuzzTarget {
    /// What Foundation takes we take and the reverse, but for the differences named here.
    static let jsonSecondOpinion = FuzzTarget(
        "json-foundation",
        seeds: [#"{"a":[1,-2.5e+10,true,null],"b":"\u00e1\ud83d\ude00"}"#, "[[]]", "\"x\"", "-0"]
    ) { (input) throws(Finding) in
        guard !isReadDifferently(input) else { return }
        var isOurs = false
        if case .valid = JSONScanner.verdict(on: input, depthLimit: 500) { isOurs = true }
        let isTheirs = Self.isFoundations(input)
        guard isOurs != isTheirs else { return }
        // Foundation takes a comma behind the last member.
        if isTheirs, text(input).contains(/,\s*[}\]]/) { return }
        // A half of a surrogate pair, and a number beyond a double, are JSON to the grammar alone.
        let text = text(input).lowercased()
        let isGrammarOnly =
            text.contains("\\ud") || text.contains("e") && text.contains(where: \.isNumber)
            || text.utf8.count { (0x30...0x39).contains($0) } > 15
        try hold(isOurs && isGrammarOnly, "ours \(isOurs), Foundation's \(isTheirs): \(text)")
    }

    /// Foundation guesses UTF-16 and UTF-32 from zero bytes, takes a byte order mark, and has
    /// other limits for depth.
    private static func isReadDifferently(_ input: [UInt8]) -> Bool {
        input.isEmpty || input.contains(0) || [0xEF, 0xFE, 0xFF].contains(input[0])
            || input.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") } > 400
    }

    private static func text(_ input: [UInt8]) -> String { String(decoding: input, as: UTF8.self) }

    private static func isFoundations(_ input: [UInt8]) -> Bool {
        (try? JSONSerialization.jsonObject(with: Data(input), options: [.fragmentsAllowed])) != nil
    }
}
