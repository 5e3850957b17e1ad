enum CheckCommand: Command {
    static let description = CommandDescription(
        name: "check", summary: "reads the configuration", examples: [])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        throw CommandFailure("check is not there yet")
    }
}
