/// A page has one title; `#` inside a code fence is no title.
enum MarkdownTitles {
    static func check(_ file: SourceFile) -> [Violation] {
        guard file.path.hasSuffix(".md") else { return [] }
        let titles = titleLines(file)
        if titles.isEmpty { return [file.violation(1, "no `# ` title")] }
        return titles.dropFirst().map { file.violation($0, "a second `# ` title") }
    }

    private static func titleLines(_ file: SourceFile) -> [Int] {
        var fence: Substring?
        var titles: [Int] = []
        for (index, line) in file.lines.enumerated() {
            let text = line.drop { $0 == " " }
            let mark = text.prefix { $0 == text.first }
            if mark.count >= 3, mark.first == "`" || mark.first == "~" {
                if let open = fence {
                    if mark.hasPrefix(open), text.count == mark.count { fence = nil }
                } else {
                    fence = mark
                }
            } else if fence == nil, line.hasPrefix("# ") {
                titles.append(index + 1)
            }
        }
        return titles
    }
}
