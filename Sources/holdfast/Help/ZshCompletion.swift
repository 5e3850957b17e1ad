/// Completion for zsh.
enum ZshCompletion {
    static func script(_ commands: [CommandDescription]) -> [String] {
        var lines = [
            "#compdef holdfast",
            "# zsh completion of holdfast, written by 'holdfast completion zsh'",
            "_holdfast_names() {",
            "    local -a store names",
            "    local index",
            "    for (( index = 2; index < ${#words}; index++ )); do",
            "        case $words[index] in",
            "            --db|--config) store=($words[index] ${~words[index+1]}) ;;",
            "            --db=*|--config=*) store=($words[index]) ;;",
            "        esac",
            "    done",
            "    names=(${(f)\"$($holdfast completion names $1 $store 2>/dev/null)\"})",
            "    compadd -a names",
            "}",
            "_holdfast() {", "    local holdfast=$words[1]", "    local -a commands",
            "    commands=(",
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
        default: "argument:\(action(command.arguments.first?.hint ?? .none))"
        }
    }

    private static func action(_ hint: OptionDescription.Hint) -> String {
        switch hint {
        case .none: ""
        case .file: "_files"
        case .directory: "_files -/"
        case .oneOf(let choices): "(\(choices.joined(separator: " ")))"
        case .names(let kind): "_holdfast_names \(kind)"
        }
    }

    private static func option(_ option: OptionDescription) -> String {
        let front = "\(option.mayRepeat ? "*" : "")--\(option.name)"
        let summary = "[\(escaped(option.summary))]"
        guard let value = option.value else { return "'\(front)\(summary)'" }
        return "'\(front)=\(summary):\(escaped(value)):\(action(option.hint))'"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("'", with: "'\\''").replacing(":", with: "\\:")
            .replacing("[", with: "\\[").replacing("]", with: "\\]")
    }
}
