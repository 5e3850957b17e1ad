/// Completion for fish.
enum FishCompletion {
    static func script(_ commands: [CommandDescription]) -> [String] {
        var lines = [
            "# fish completion of holdfast, written by 'holdfast completion fish'",
            "complete -c holdfast -f",
        ]
        for command in commands {
            lines.append(
                "complete -c holdfast -n __fish_use_subcommand -a \(command.name) "
                    + "-d \(quoted(command.summary))")
            let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
            if !command.arguments.isEmpty {
                lines.append("complete -c holdfast \(condition) -F")
            }
            for option in command.options {
                lines.append(
                    "complete -c holdfast \(condition) -l \(option.name)\(value(option)) "
                        + "-d \(quoted(option.summary))")
            }
        }
        let names = commands.map(\.name).joined(separator: " ")
        lines += [
            "complete -c holdfast -n '__fish_seen_subcommand_from help' -a '\(names)'",
            "complete -c holdfast -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'",
        ]
        return lines
    }

    private static func value(_ option: OptionDescription) -> String {
        guard !option.isFlag else { return "" }
        return switch option.hint {
        case .none: " -x"
        case .file, .directory: " -r -F"
        case .oneOf(let choices): " -x -a '\(choices.joined(separator: " "))'"
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
