enum URLsCommand: Command {
    static let description = CommandDescription(
        name: "urls", summary: "reads the configuration", examples: [])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        throw CommandFailure("urls is not there yet")
    }
}
