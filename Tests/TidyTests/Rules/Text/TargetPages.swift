/// Each target has one file that opens with its page: what it is for, what it promises, what it
/// must never do, how it fails.
enum TargetPages {
    static let pageLines = 5

    static func check(_ checkout: Checkout) -> [Violation] {
        let sources = checkout.files.filter { $0.isSwift && !$0.isTest && $0.target != nil }
        let byTarget = Dictionary(grouping: sources) { $0.target ?? "" }
        return byTarget.sorted { $0.key < $1.key }.compactMap { target, files in
            guard !files.contains(where: opensWithPage), let first = files.first else { return nil }
            let message = "no file of \(target) opens with a page of \(pageLines) comment lines"
            return first.violation(1, message)
        }
    }

    static func opensWithPage(_ file: SourceFile) -> Bool {
        file.lines.prefix { $0.hasPrefix("//") }.count >= pageLines
    }
}
