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
        let (front, page) = (command.map { "holdfast \($0)" } ?? "holdfast", command ?? "")
        let see = "'\(["holdfast help", page].filter { !$0.isEmpty }.joined(separator: " "))'"
        return message.hasSuffix("?")
            ? "\(front): \(message) See \(see)" : "\(front): \(message); see \(see)"
    }
}
