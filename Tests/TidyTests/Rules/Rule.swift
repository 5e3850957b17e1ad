/// A named check. Most look at one file; a few need the whole checkout.
struct Rule: Sendable, CustomStringConvertible {
    let description: String
    let check: @Sendable (Checkout) -> [Violation]

    init(_ description: String, checkout: @escaping @Sendable (Checkout) -> [Violation]) {
        self.description = description
        check = checkout
    }

    init(_ description: String, file: @escaping @Sendable (SourceFile) -> [Violation]) {
        self.init(description, checkout: { $0.files.flatMap(file) })
    }

    init(
        _ description: String, swift: @escaping @Sendable (SourceFile, SwiftCode) -> [Violation]
    ) {
        self.init(
            description,
            file: { $0.isSwift ? swift($0, $0.code) : [] })
    }

    static let all: [Rule] = [
        Rule("imports follow the table", swift: Imports.check),
        Rule("pure targets do no input or output", swift: PureTargets.check),
        Rule("files, functions, lines and folders keep their size", checkout: Sizes.check),
        Rule("banned words stay out", swift: BannedWords.check),
        Rule("open ends stay out", file: OpenEnds.check),
        Rule("package is the widest access", swift: Access.check),
        Rule("memory-unsafe code stays in its targets", swift: UnsafeCode.check),
        Rule("unchecked Sendable says why", swift: UncheckedSendable.check),
        Rule("every target opens with its page", checkout: TargetPages.check),
        Rule("every Markdown file has one title", file: MarkdownTitles.check),
        Rule("no machine shows through", file: MachinePaths.check),
        Rule("the top level is fixed", checkout: TopLevel.check),
        Rule("shell scripts are strict", file: ShellScripts.check),
    ]
}
