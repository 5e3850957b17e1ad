/// The command line cannot be understood, or asks for what cannot be. One line: what, where, and
/// what to do next.
struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    let command: String?
    let message: String

    init(_ message: String, command: String? = nil) {
        // Words of the command line are quoted in it.
        self.message = DisplayText.harmless(message)
        self.command = command
    }

    var description: String {
        guard let command else { return "holdfast: \(message); see 'holdfast help'" }
        return "holdfast \(command): \(message); see 'holdfast help \(command)'"
    }
}
