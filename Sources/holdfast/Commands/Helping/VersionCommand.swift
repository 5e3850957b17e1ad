/// Which binary this is.
enum VersionCommand: Command {
    static let description = CommandDescription(
        name: "version", summary: "prints the version",
        examples: [.init("holdfast version", "one line, for bug reports")])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        try context.console.line("holdfast \(Version.text)")
        return .done
    }
}
