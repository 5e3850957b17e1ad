enum ServeCommand: Command {
    static let description = CommandDescription(
        name: "serve", summary: "runs the relay", examples: [])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        throw CommandFailure("serve is not wired")
    }
}
