/// Completion for bash: commands, options, and the values of both as far as they can be known.
enum BashCompletion {
    static func script(_ commands: [CommandDescription]) -> [String] {
        let names = commands.map(\.name).joined(separator: " ")
        return head
            + [
                "    if [ \"$COMP_CWORD\" -eq 1 ]; then",
                "        \(reply("compgen -W '\(names) --help --version' -- \"$word\""))",
                "        return", "    fi", "    case $before in",
            ] + values(commands) + ["    esac", "    case $command in"]
            + commands.map(options)
            + [
                "    esac", "    case $word in",
                "    -*) \(reply("compgen -W \"$options\" -- \"$word\"")) ;;",
                "    *)", "        case $command in",
                "        help) \(reply("compgen -W '\(names)' -- \"$word\"")) ;;",
            ] + commands.compactMap(argument)
            + [
                "        esac", "        ;;", "    esac", "}", "complete -F _holdfast holdfast",
            ]
    }

    /// Bash takes `--option=value` for three words.
    private static let head = [
        "# bash completion of holdfast, written by 'holdfast completion bash'",
        "# Names come from the store that the line names, or HOLDFAST_DB.",
        "_holdfast_names() {",
        "    local index value store=()",
        "    for ((index = 2; index < COMP_CWORD; index++)); do",
        "        case ${COMP_WORDS[index]} in",
        "        --db | --config)",
        "            value=${COMP_WORDS[index + 1]}",
        "            [ \"$value\" = = ] && value=${COMP_WORDS[index + 2]}",
        "            store=(\"${COMP_WORDS[index]}\" \"${value/#\\~/$HOME}\")",
        "            ;;",
        "        esac",
        "    done",
        "    \"${COMP_WORDS[0]}\" completion names \"$1\" \"${store[@]}\" 2>/dev/null",
        "}",
        "_holdfast() {",
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}",
        "    local options='' command=${COMP_WORDS[1]}",
        "    if [ \"$word\" = = ]; then",
        "        word=''",
        "    elif [ \"$before\" = = ]; then",
        "        before=${COMP_WORDS[COMP_CWORD - 2]}",
        "    fi",
    ]

    private static func reply(_ words: String) -> String {
        "mapfile -t COMPREPLY < <(\(words))"
    }

    private static func options(_ command: CommandDescription) -> String {
        let options = (command.options.map(\.name) + ["help"]).map { "--" + $0 }
        return "    \(command.name)) options='\(options.joined(separator: " "))' ;;"
    }

    private static func argument(_ command: CommandDescription) -> String? {
        guard let hint = command.arguments.first?.hint, let words = words(hint) else { return nil }
        return "        \(command.name)) \(reply(words)) ;;"
    }

    private static func values(_ commands: [CommandDescription]) -> [String] {
        var seen: Set<String> = []
        var lines: [String] = []
        for option in commands.flatMap(\.options) where seen.insert(option.name).inserted {
            guard !option.isFlag else { continue }
            let body = words(option.hint).map { "\(reply($0)); return" } ?? "return"
            lines.append("    --\(option.name)) \(body) ;;")
        }
        return lines
    }

    private static func words(_ hint: OptionDescription.Hint) -> String? {
        switch hint {
        case .none: nil
        case .file: "compgen -f -- \"$word\""
        case .directory: "compgen -d -- \"$word\""
        case .oneOf(let choices):
            "compgen -W '\(choices.joined(separator: " "))' -- \"$word\""
        case .names(let kind):
            "compgen -W \"$(_holdfast_names \(kind))\" -- \"$word\""
        }
    }
}
