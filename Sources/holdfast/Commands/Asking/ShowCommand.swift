import RelayCore
import RelayStore

/// One event with everything known.
enum ShowCommand: Command {
    static let description = CommandDescription(
        name: "show", summary: "shows one event with everything known",
        arguments: [.init("ID")],
        options: [
            OptionDescription("body", "shows the body as it was received"),
            OptionDescription("headers", "shows the headers of the receipt only"),
            OptionDescription("attempts", "shows the attempts only"),
            .json,
        ] + OptionDescription.store,
        details: [
            "The body may hold personal data and is hidden unless --body is given. With --body "
                + "and no terminal the body is written byte for byte, so that it can be piped.",
            "--json prints one line per delivery; body is JSON where it parses, else bodyBase64.",
        ],
        examples: [
            .init("holdfast show 01KQ0ZP4Y8000000003GR6AHQT", "everything but the body"),
            .init("holdfast show 01KQ0ZP4Y8000000003GR6AHQT --body | jq .", "the body alone"),
            .init("holdfast show 01KQ0ZP4Y8000000003GR6AHQT --attempts", "every try and answer"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let text = invocation.argument(0) ?? ""
        let id = try OptionReader(invocation: invocation, now: context.now).id(text)
        let reader = try StoreLocation.openReader(invocation, in: context)
        defer { reader.close() }
        guard let event = try reader.show(id, now: context.now) else {
            context.console.message("no event \(id) in this store (it may have been pruned)")
            return .nothingMatched
        }
        try show(event, invocation, context)
        return .done
    }

    private static func show(
        _ event: EventDetail, _ invocation: Invocation, _ context: CommandContext
    ) throws {
        let console = context.console
        if invocation.has("json") {
            for object in event.json(includingBody: invocation.has("body")) {
                try console.json(object)
            }
            return
        }
        let parts = ["body", "headers", "attempts"].filter(invocation.has)
        if let erasedAt = event.erasedAt, parts.contains("body") || parts.contains("headers") {
            console.message("body and headers of \(event.id) were erased at \(erasedAt)")
        }
        if parts == ["body"], !console.isWatched {
            try console.write(event.body)
            return
        }
        let page = EventPage(event: event, console: console, now: context.now)
        if parts.isEmpty || parts.contains("attempts") {
            if parts.isEmpty { try page.showReceipt() }
            try page.showDeliveries(isFirst: !parts.isEmpty)
        }
        if parts.isEmpty || parts.contains("headers") { try page.showHeaders() }
        if parts.contains("body"), event.erasedAt == nil { try page.showBody() }
    }
}
