/// Pages of at most 80 columns, made from the descriptions.
enum HelpPage {
    private static let columns = 80

    static func overview(_ commands: [CommandDescription]) -> [String] {
        let widest = commands.map { synopsis($0).count }.max() ?? 0
        let indent = min(widest, 24) + 4
        var lines = [
            "holdfast: takes webhooks, keeps them safe, delivers them.", "",
            "usage: holdfast COMMAND [--option value | --option=value] [ARGUMENT...]", "",
        ]
        for command in commands {
            let front = "  " + DisplayText.padded(synopsis(command), to: indent - 4) + "  "
            lines += hanging(front, command.summary, indent: indent)
        }
        lines += [
            "", "'holdfast help COMMAND' shows a command's options and examples.",
            "Exit codes: 0 done, 1 could not be done, 2 wrong usage or configuration,",
            "3 nothing matched.",
        ]
        return lines
    }

    static func page(_ command: CommandDescription) -> [String] {
        let options = command.options.isEmpty ? "" : " [OPTIONS]"
        var lines = ["holdfast \(command.name): \(command.summary)"]
        lines += ["", "usage: holdfast \(synopsis(command))\(options)"]
        for paragraph in command.details {
            lines.append("")
            lines += wrap(paragraph, to: columns)
        }
        if !command.options.isEmpty {
            lines += ["", "options:"]
            for option in command.options { lines += self.option(option) }
        }
        guard !command.examples.isEmpty else { return lines }
        lines += ["", "examples:"]
        for example in command.examples {
            lines += ["  # \(example.meaning)", "  \(example.line)"]
        }
        return lines
    }

    /// The name and what follows it.
    static func synopsis(_ command: CommandDescription) -> String {
        ([command.name]
            + command.arguments.map { argument in
                let name = argument.mayRepeat ? argument.name + "..." : argument.name
                return argument.isOptional ? "[\(name)]" : name
            }).joined(separator: " ")
    }

    private static func option(_ option: OptionDescription) -> [String] {
        let name = "  --\(option.name)" + (option.value.map { " " + $0 } ?? "")
        let front = DisplayText.padded(name, to: 24) + "  "
        guard case .oneOf(let choices) = option.hint else {
            return hanging(front, option.summary, indent: 26)
        }
        let list = choices.joined(separator: ", ")
        return hanging(front, "\(option.summary): \(list)", indent: 26)
    }

    private static func hanging(_ front: String, _ text: String, indent: Int) -> [String] {
        let rest = wrap(text, to: columns - indent)
        let blanks = String(repeating: " ", count: indent)
        guard DisplayText.width(front) <= indent else {
            return [front] + rest.map { blanks + $0 }
        }
        return rest.enumerated().map { ($0.offset == 0 ? front : blanks) + $0.element }
    }

    private static func wrap(_ text: String, to columns: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > columns {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
