/// Asks before something is changed.
enum Question {
    /// True for yes. Without anybody to ask it is wrong usage not to have said `--yes`.
    static func ask(
        _ question: String, _ invocation: Invocation, in context: CommandContext
    ) throws -> Bool {
        guard !invocation.has("yes") else { return true }
        guard context.console.isInteractive else {
            throw UsageError(
                "there is nobody to ask here (standard input is no terminal); add --yes, or look "
                    + "first with --dry-run", command: invocation.command)
        }
        context.console.prompt(question + " [y/N] ")
        let answer = context.seat.readAnswer()?.lowercased() ?? ""
        if ["y", "yes"].contains(answer) { return true }
        context.console.message("nothing was changed")
        return false
    }
}
