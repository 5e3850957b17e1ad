import RelayCore
import RelayStore

/// Stops sending to a destination; intake goes on.
enum HoldCommand: Command {
    static let description = CommandDescription(
        name: "hold", summary: "stops sending to a destination; its events wait",
        arguments: [.init("DESTINATION", hint: .names("destination"))],
        options: [
            OptionDescription("for", value: "SPAN", "ends by itself after this, like 5m"),
            OptionDescription("reason", value: "TEXT", "is shown in 'status'", empty: true),
        ] + OptionDescription.store,
        details: [
            "Intake goes on and nothing is lost. Hold a destination around every change of its "
                + "Platform flow: a flow needs some minutes before it takes data again. What is "
                + "in flight is not called back."
        ],
        examples: [
            .init("holdfast hold platform --for 10m --reason mapping", "around a change"),
            .init("holdfast hold platform --config holdfast.json5", "until 'release'"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let destination = invocation.argument(0) ?? ""
        let now = context.now
        let until = try end(invocation, now: now)
        let changer = try StoreLocation.openChanger(
            StoreLocation.find(invocation, in: context), in: context)
        defer { changer.close() }
        try changer.hold(
            destination, until: until, reason: invocation.value("reason") ?? "", now: now)
        let end = until.map { "until \($0)" } ?? "until 'holdfast release \(destination)'"
        context.console.message("\(destination) is held \(end); its events wait")
        return .done
    }

    /// When the hold ends by itself; nil: it does not.
    static func end(_ invocation: Invocation, now: Timestamp) throws(UsageError) -> Timestamp? {
        let span = try OptionReader(invocation: invocation, now: now).span("for")
        if let span, span.milliseconds == 0 {
            throw UsageError("--for 0s holds nothing", command: invocation.command)
        }
        return span.map { now.adding(ms: $0.milliseconds) }
    }
}
