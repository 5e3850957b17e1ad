import RelayCore

/// The URLs to paste into the senders' settings.
enum URLsCommand: Command {
    static let description = CommandDescription(
        name: "urls", summary: "prints the complete URL of each hook of each source",
        options: [
            ConfigurationFile.option,
            OptionDescription("source", value: "NAME", "of this source only", repeats: true),
            OptionDescription("base", value: "URL", "stands before /hooks/ instead of publicURL"),
            .json,
        ],
        details: [
            "The URLs hold the tokens, because that is their purpose: whoever has one can send. "
                + "Mind who reads your screen.",
            "They begin with intake.publicURL, or with the listen address when that is not set.",
        ],
        examples: [
            .init("holdfast urls --config holdfast.json5", "all of them"),
            .init("holdfast urls --config holdfast.json5 --source chatlio", "of one source"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let configuration = try ConfigurationFile.read(invocation, in: context).configuration
        let intake = configuration.intake
        guard let base = try given(invocation) ?? HookAddress.publicBase(intake) else {
            throw CommandFailure(
                "\(intake.listen) is no address a sender can reach; "
                    + "set intake.publicURL or give --base URL")
        }
        if intake.publicURL == nil, !invocation.has("base") {
            context.console.message(
                "intake.publicURL is not set: these URLs hold for this machine only")
        }
        let wanted = try sources(invocation, configuration)
        let addresses = HookAddress.all(of: configuration, base: base)
            .filter { wanted.contains($0.source) }
        if invocation.has("json") {
            for address in addresses { try context.console.json(json(address)) }
        } else {
            try show(addresses, on: context.console)
        }
        return .done
    }

    private static func given(_ invocation: Invocation) throws -> String? {
        guard let text = invocation.value("base") else { return nil }
        guard let url = EndpointURL(text, masking: .allButPath), !url.hasQuery,
            url.scheme == "https" || url.scheme == "http"
        else {
            throw UsageError(
                "--base takes a URL without a query, such as https://hooks.example.org",
                command: invocation.command)
        }
        return HookAddress.trimmed(text)
    }

    private static func sources(
        _ invocation: Invocation, _ configuration: Configuration
    ) throws -> [String] {
        let known = configuration.sources.map(\.name)
        let wanted = invocation.values("source")
        for name in wanted where !known.contains(name) {
            throw UnknownSetting.source(name, known: known, command: invocation.command)
        }
        return wanted.isEmpty ? known : wanted
    }

    private static func json(_ address: HookAddress) -> JSONObject {
        var object = JSONObject()
        object.append("source", .string(address.source))
        object.append("hook", .string(address.hook))
        object.append("url", .string(address.url))
        object.append("verify", .string(address.proof))
        return object
    }

    /// Never cut: a URL is here to be copied.
    private static func show(_ addresses: [HookAddress], on console: Console) throws {
        var table = Table([.init("SOURCE"), .init("HOOK"), .init("VERIFIED BY"), .init("URL")])
        for address in addresses {
            table.add([
                Table.Cell(address.source), Table.Cell(address.hook), Table.Cell(address.proof),
                Table.Cell(address.url),
            ])
        }
        try console.lines(table.render(width: nil, colour: console.usesColour).lines)
    }
}
