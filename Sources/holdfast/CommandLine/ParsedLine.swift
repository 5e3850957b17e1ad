/// What a command line asks for.
enum ParsedLine: Sendable, Equatable {
    case run(Invocation)
    /// The page of a command, or the overview.
    case help(command: String?)
    case version
}
