enum SandboxCommand: Command {
    static let description = CommandDescription(
        name: "sandbox", summary: "runs the relay", examples: [])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        throw CommandFailure("sandbox is not wired")
    }
}
