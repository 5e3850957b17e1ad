import RelayStore

/// Completions for the common shells, made from the descriptions.
enum CompletionCommand: Command {
    static let shells = ["bash", "zsh", "fish"]

    static let description = CommandDescription(
        name: "completion", summary: "prints a completion script for bash, zsh or fish",
        arguments: [.init("SHELL", hint: .oneOf(shells)), .init("KIND", optional: true)],
        options: OptionDescription.store,
        details: [
            "The scripts complete names of sources, hooks and destinations, too. They get them "
                + "from 'completion names KIND' (source, hook or destination), out of the store of "
                + "the line that is being typed."
        ],
        examples: [
            .init("holdfast completion bash > /etc/bash_completion.d/holdfast", "bash"),
            .init("holdfast completion zsh > /usr/local/share/zsh/site-functions/_holdfast", "zsh"),
            .init("holdfast completion fish > ~/.config/fish/completions/holdfast.fish", "fish"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let shell = invocation.argument(0) ?? ""
        if shell == "names" { return try names(invocation, in: context) }
        if let extra = invocation.argument(1) {
            throw UsageError(
                "\"\(extra)\" is one argument too many", command: invocation.command)
        }
        let commands = CommandTable.descriptions
        let lines: [String]
        switch shell {
        case "bash": lines = BashCompletion.script(commands)
        case "zsh": lines = ZshCompletion.script(commands)
        case "fish": lines = FishCompletion.script(commands)
        // For whoever builds packages; see `ManPage`.
        case "man": lines = ManPage.lines(commands)
        default:
            throw UsageError(
                "there is no completion for \"\(shell)\", only for bash, zsh and fish",
                command: invocation.command)
        }
        try context.console.lines(lines)
        return .done
    }

    private static func names(
        _ invocation: Invocation, in context: CommandContext
    ) throws -> ExitCode {
        guard let kind = invocation.argument(1).flatMap(NameKind.init(rawValue:)) else {
            throw UsageError(
                "'completion names' needs source, hook or destination", command: invocation.command)
        }
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        // Bash expands what it completes, and the store may be a stranger's.
        try context.console.lines(
            reader.knownNames(kind).filter { SettingName.problem($0) == nil })
        return .done
    }
}
