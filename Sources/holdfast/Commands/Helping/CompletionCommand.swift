/// Completions for the common shells, made from the descriptions.
enum CompletionCommand: Command {
    static let description = CommandDescription(
        name: "completion", summary: "prints a completion script for bash, zsh or fish",
        arguments: [.init("SHELL")],
        examples: [
            .init("holdfast completion bash > /etc/bash_completion.d/holdfast", "bash"),
            .init("holdfast completion zsh > /usr/local/share/zsh/site-functions/_holdfast", "zsh"),
            .init("holdfast completion fish > ~/.config/fish/completions/holdfast.fish", "fish"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let commands = CommandTable.descriptions
        let lines: [String]
        switch invocation.argument(0) {
        case "bash": lines = BashCompletion.script(commands)
        case "zsh": lines = ZshCompletion.script(commands)
        case "fish": lines = FishCompletion.script(commands)
        // For whoever builds packages; see `ManPage`.
        case "man": lines = ManPage.lines(commands)
        default:
            let shell = invocation.argument(0) ?? ""
            throw UsageError(
                "there is no completion for \"\(shell)\", only for bash, zsh and fish",
                command: invocation.command)
        }
        try context.console.lines(lines)
        return .done
    }
}
