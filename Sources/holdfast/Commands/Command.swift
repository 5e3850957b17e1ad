// Commands: what an operator can do, one file each.
//
// A command is its description (from which the parser, its help page and the shell completions are
// made) and one function from an invocation to an exit code. It says what it found on standard
// output, and everything else on standard error; it opens the store for as long as it needs it.
//
// Never: SQL, a write past `Console`, an exit of the process.
//
// Fails: with `CommandFailure` or `UsageError`; `main` prints them and gives the exit code.

protocol Command {
    static var description: CommandDescription { get }
    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode
}
