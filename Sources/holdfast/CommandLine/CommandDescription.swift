/// Everything the parser, the help pages and the shell completions know of a command.
struct CommandDescription: Sendable {
    struct Argument: Sendable {
        let name: String
        let isOptional: Bool
        let mayRepeat: Bool
        let hint: OptionDescription.Hint

        init(
            _ name: String, optional: Bool = false, repeats: Bool = false,
            hint: OptionDescription.Hint = .none
        ) {
            self.name = name
            self.hint = hint
            isOptional = optional
            mayRepeat = repeats
        }
    }

    struct Example: Sendable {
        let line: String
        let meaning: String

        init(_ line: String, _ meaning: String) {
            self.line = line
            self.meaning = meaning
        }
    }

    let name: String
    /// One line, without a full stop.
    let summary: String
    let arguments: [Argument]
    let options: [OptionDescription]
    /// Paragraphs below the summary.
    let details: [String]
    let examples: [Example]

    init(
        name: String, summary: String, arguments: [Argument] = [],
        options: [OptionDescription] = [], details: [String] = [], examples: [Example]
    ) {
        self.name = name
        self.summary = summary
        self.arguments = arguments
        self.options = options
        self.details = details
        self.examples = examples
    }

    func option(_ name: String) -> OptionDescription? { options.first { $0.name == name } }
}
