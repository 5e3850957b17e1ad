/// Completion for zsh.
enum ZshCompletion {
    static func script(_ commands: [CommandDescription]) -> [String] {
        var lines = [
            "#compdef holdfast",
            "# zsh completion of holdfast, written by 'holdfast completion zsh'",
            "_holdfast() {", "    local -a commands", "    commands=(",
        ]
        lines += commands.map { "        '\($0.name):\(escaped($0.summary))'" }
        lines += [
            "    )", "    if (( CURRENT == 2 )); then",
            "        _describe command commands", "        return", "    fi",
            "    local command=$words[2]", "    shift words", "    (( CURRENT-- ))",
            "    case $command in",
        ]
        for command in commands {
            lines.append("    \(command.name))")
            lines.append("        _arguments \\")
            lines += command.options.map { "            \(option($0)) \\" }
            lines.append("            '*:\(argument(command))' ;;")
        }
        lines += ["    esac", "}", "_holdfast \"$@\""]
        return lines
    }

    private static func argument(_ command: CommandDescription) -> String {
        switch command.name {
        case "help": "command:_describe command commands"
        case "completion": "shell:(bash zsh fish)"
        default: "argument:_files"
        }
    }

    private static func option(_ option: OptionDescription) -> String {
        let front = "\(option.mayRepeat ? "*" : "")--\(option.name)"
        let summary = "[\(escaped(option.summary))]"
        guard let value = option.value else { return "'\(front)\(summary)'" }
        let action =
            switch option.hint {
            case .none: ""
            case .file: "_files"
            case .directory: "_files -/"
            case .oneOf(let choices): "(\(choices.joined(separator: " ")))"
            }
        return "'\(front)=\(summary):\(escaped(value)):\(action)'"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("'", with: "'\\''").replacing(":", with: "\\:")
            .replacing("[", with: "\\[").replacing("]", with: "\\]")
    }
}
