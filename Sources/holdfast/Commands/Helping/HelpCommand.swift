import RelayCore

/// The overview, or the page of one command.
enum HelpCommand: Command {
    static let description = CommandDescription(
        name: "help", summary: "shows this list or the page of a command",
        arguments: [.init("COMMAND", optional: true)],
        examples: [.init("holdfast help list", "the page of 'list'")])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        try show(invocation.argument(0), in: context)
    }

    static func show(_ name: String?, in context: CommandContext) throws -> ExitCode {
        let commands = CommandTable.descriptions
        guard let name else {
            try context.console.lines(HelpPage.overview(commands))
            return .done
        }
        guard let command = commands.first(where: { $0.name == name }) else {
            let nearest = NearestName.of(name, among: commands.map(\.name))
            throw UsageError(
                "there is no command \"\(name)\""
                    + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""), command: "help")
        }
        try context.console.lines(HelpPage.page(command))
        return .done
    }
}
