import RelayCore

/// What of a shown output must be found again in a real one: the heads of tables, the names of JSON
/// members, the labels in front of values, and sentences but for their numbers. Numbers, times,
/// names of machines and the rows of tables are others each time.
struct OutputShape {
    private enum Line: Equatable {
        case head([Substring])
        case keys([String])
        case label(Substring)
        case sentence([String])
        case free

        init(_ line: String) {
            let words = line.split(separator: " ")
            let gap = line.firstRange(of: "  ")
            if words.count > 2, words.allSatisfy(OutputShape.isTitle) {
                self = .head(words)
            } else if line.hasPrefix("{"), let value = try? JSONValue.parse(line) {
                self = .keys(value.object?.keys ?? [])
            } else if let gap, OutputShape.isLabel(line[..<gap.lowerBound]) {
                self = .label(line[..<gap.lowerBound])
            } else if gap == nil, words.count > 1 || words.first == "balanced",
                line.first != " ", line.first != "{", words.first != "Date:"
            {
                self = .sentence(words.compactMap(OutputShape.masked))
            } else {
                self = .free
            }
        }
    }

    private let shown: [String]

    init(_ shown: [String]) {
        self.shown = shown
    }

    /// The first thing that is shown and was not said; nil when all was.
    func missing(in output: String) -> String? {
        let said = output.split { $0.isNewline || $0 == "\r" }.map { Line(String($0)) }
        return shown.first { line in
            let line = Line(line)
            return line != .free && !said.contains(line)
        }
    }

    private static func isTitle(_ word: Substring) -> Bool { word.allSatisfy { $0.isUppercase } }

    private static func isLabel(_ text: Substring) -> Bool {
        text.first != " " && !text.isEmpty
            && text.allSatisfy { $0.isLowercase || " =+".contains($0) }
    }

    /// Numbers, times and ids as one; one thing as many; without the answer of whoever is asked.
    private static func masked(_ word: Substring) -> String? {
        if ["y", "B", "KiB"].contains(word) { return nil }
        if word.contains(where: \.isNumber) { return "#" }
        let plurals = ["deliveries": "delivery", "bodies": "body", "events": "event"]
        return plurals[String(word)] ?? String(word)
    }
}
