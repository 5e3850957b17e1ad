/// Completion for fish.
enum FishCompletion {
    static func script(_ commands: [CommandDescription]) -> [String] {
        var lines = [
            "# fish completion of holdfast, written by 'holdfast completion fish'",
            "function __holdfast_names",
            "    set -l words (commandline -opc)",
            "    set -l store",
            "    for index in (seq 2 (count $words))",
            "        switch $words[$index]",
            "            case --db --config",
            "                set -l next (math $index + 1)",
            "                test $next -le (count $words)",
            "                and set store $words[$index] $words[$next]",
            "            case '--db=*' '--config=*'",
            "                set store $words[$index]",
            "        end",
            "    end",
            "    $words[1] completion names $argv[1] $store 2>/dev/null",
            "end",
            "complete -c holdfast -f",
        ]
        for command in commands {
            lines.append(
                "complete -c holdfast -n __fish_use_subcommand -a \(command.name) "
                    + "-d \(quoted(command.summary))")
            let condition = "-n '__fish_seen_subcommand_from \(command.name)'"
            if let words = argument(command) {
                lines.append("complete -c holdfast \(condition) \(words)")
            }
            for option in command.options {
                lines.append(
                    "complete -c holdfast \(condition) -l \(option.name)\(value(option)) "
                        + "-d \(quoted(option.summary))")
            }
        }
        let names = commands.map(\.name).joined(separator: " ")
        lines += [
            "complete -c holdfast -n '__fish_seen_subcommand_from help' -a '\(names)'"
        ]
        return lines
    }

    private static func argument(_ command: CommandDescription) -> String? {
        switch command.arguments.first?.hint {
        case nil, OptionDescription.Hint.none?: nil
        case .file?, .directory?: "-F"
        case .oneOf(let choices)?: "-a '\(choices.joined(separator: " "))'"
        case .names(let kind)?: "-a '(__holdfast_names \(kind))'"
        }
    }

    private static func value(_ option: OptionDescription) -> String {
        guard !option.isFlag else { return "" }
        return switch option.hint {
        case .none: " -x"
        case .file, .directory: " -r -F"
        case .oneOf(let choices): " -x -a '\(choices.joined(separator: " "))'"
        case .names(let kind): " -x -a '(__holdfast_names \(kind))'"
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.replacing("\\", with: "\\\\").replacing("'", with: "\\'") + "'"
    }
}
