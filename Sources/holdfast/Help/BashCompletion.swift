/// Completion for bash: command names, options, and the values of options with a fixed choice.
enum BashCompletion {
    static func script(_ commands: [CommandDescription]) -> [String] {
        let names = commands.map(\.name).joined(separator: " ")
        var lines = [
            "# bash completion of holdfast, written by 'holdfast completion bash'",
            "_holdfast() {",
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}",
            "    local options='' command=${COMP_WORDS[1]}",
            "    if [ \"$COMP_CWORD\" -eq 1 ]; then",
            "        COMPREPLY=($(compgen -W '\(names)' -- \"$word\"))",
            "        return",
            "    fi",
            "    case $before in",
        ]
        lines += values(commands)
        lines += ["    esac", "    case $command in"]
        for command in commands {
            let options = (command.options.map(\.name) + ["help"]).map { "--" + $0 }
            lines.append("    \(command.name)) options='\(options.joined(separator: " "))' ;;")
        }
        lines += [
            "    esac",
            "    case $word in",
            "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\")) ;;",
            "    *) case $command in",
            "        help) COMPREPLY=($(compgen -W '\(names)' -- \"$word\")) ;;",
            "        completion) COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$word\")) ;;",
            "        *) COMPREPLY=($(compgen -f -- \"$word\")) ;;",
            "        esac ;;",
            "    esac",
            "}",
            "complete -F _holdfast holdfast",
        ]
        return lines
    }

    private static func values(_ commands: [CommandDescription]) -> [String] {
        var seen: Set<String> = []
        var lines: [String] = []
        for option in commands.flatMap(\.options) where seen.insert(option.name).inserted {
            let reply: String? =
                switch option.hint {
                case .none: nil
                case .file: "compgen -f -- \"$word\""
                case .directory: "compgen -d -- \"$word\""
                case .oneOf(let choices):
                    "compgen -W '\(choices.joined(separator: " "))' -- \"$word\""
                }
            guard let reply else { continue }
            lines.append("    --\(option.name)) COMPREPLY=($(\(reply))); return ;;")
        }
        return lines
    }
}
