import RelayCore
import RelayStore

/// Resumes sending to a destination.
enum ReleaseCommand: Command {
    static let description = CommandDescription(
        name: "release", summary: "resumes sending to a destination, whatever stopped it",
        arguments: [.init("DESTINATION", hint: .names("destination"))],
        options: OptionDescription.store,
        details: [
            "Ends a hold, and also a resting state and the states that follow refused "
                + "credentials or a refused address: a running relay tries again at once. An event "
                + "that was tried before keeps its own time."
        ],
        examples: [.init("holdfast release platform --config holdfast.json5", "after a change")])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let destination = invocation.argument(0) ?? ""
        let changer = try StoreLocation.openChanger(
            StoreLocation.find(invocation, in: context), in: context)
        defer { changer.close() }
        let wasHeld = try changer.release(destination, now: context.now)
        context.console.message(
            wasHeld
                ? "\(destination) is released"
                : "\(destination) was not held; the relay is asked to try it again at once")
        return .done
    }
}
