enum SendCommand: Command {
    static let description = CommandDescription(
        name: "send", summary: "reads the configuration", examples: [])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        throw CommandFailure("send is not there yet")
    }
}
