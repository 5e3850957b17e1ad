import RelayCore
import Signing

/// Mints webhook tokens.
enum TokenCommand: Command {
    static let description = CommandDescription(
        name: "token", summary: "mints a webhook token for a source",
        arguments: [.init("new"), .init("SOURCE")],
        options: [ConfigurationFile.option],
        details: [
            "Prints a token of 192 random bits and changes nothing. Put it where the source's "
                + "tokens point to (an environment variable or a file), beside the old one, send "
                + "SIGHUP, change the senders' URLs, then take the old one out.",
            "With --config the name of the source is checked.",
        ],
        examples: [.init("holdfast token new chatlio", "a token")])

    private static let tokenBytes = 24

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        guard invocation.argument(0) == "new" else {
            let word = invocation.argument(0) ?? ""
            throw UsageError(
                "\"\(word)\" is not known; did you mean \"token new SOURCE\"?",
                command: invocation.command)
        }
        if invocation.has("config") {
            let configuration = try ConfigurationFile.read(invocation, in: context).configuration
            let known = configuration.sources.map(\.name)
            let name = invocation.argument(1) ?? ""
            guard known.contains(name) else {
                throw UnknownSetting.source(name, known: known, command: invocation.command)
            }
        }
        let bytes = SecureRandom.bytes(count: tokenBytes)
        try context.console.line(Base64.encode(bytes, alphabet: .urlSafe, padded: false))
        return .done
    }
}
