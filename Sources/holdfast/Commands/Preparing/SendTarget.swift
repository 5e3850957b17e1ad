import Signing

/// Where `send` posts to and how it proves itself.
struct SendTarget {
    let url: String
    /// Of the proof; secret.
    let headers: [String]

    /// The address without the path, which holds the token.
    var shown: String {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        return parts.prefix(3).joined(separator: "/")
    }

    init(_ invocation: Invocation, in context: CommandContext) throws {
        let given = invocation.value("url").map { url in
            var url = url
            while url.hasSuffix("/") { url.removeLast() }
            return url
        }
        if let given, !invocation.has("config") {
            guard given.contains("/hooks/") || given.contains("/collection/") else {
                throw UsageError(
                    "without --config, --url must be the whole URL of the hook",
                    command: invocation.command)
            }
            url = given
            headers = []
            return
        }
        let configuration = try ConfigurationFile.read(invocation, in: context).configuration
        let source = try SendTarget.source(invocation, configuration)
        let hook = try SendTarget.hook(invocation, source)
        guard let base = given ?? HookAddress.localBase(configuration.intake) else {
            throw CommandFailure(
                "intake.listen is \(configuration.intake.listen), which this command cannot "
                    + "reach; give --url http://HOST:PORT")
        }
        let address = HookAddress.all(of: configuration, base: base)
            .first { $0.source == source.name && $0.hook == hook }
        guard let address else { preconditionFailure("a hook of the configuration has no URL") }
        url = address.url
        headers = try SendTarget.proof(source, invocation)
    }

    private static func source(
        _ invocation: Invocation, _ configuration: Configuration
    ) throws -> SourceSettings {
        let name = invocation.argument(0) ?? ""
        guard let source = configuration.sources.first(where: { $0.name == name }) else {
            throw UnknownSetting.source(
                name, known: configuration.sources.map(\.name), command: invocation.command)
        }
        return source
    }

    private static func hook(_ invocation: Invocation, _ source: SourceSettings) throws -> String {
        let name = invocation.argument(1) ?? ""
        guard source.hooks.contains(where: { $0.name == name }) else {
            throw UnknownSetting.hook(
                name, known: source.hooks.map(\.name), command: invocation.command)
        }
        return name
    }

    /// Signatures are the sender's work: what signs with the receiver's secret proves nothing.
    private static func proof(
        _ source: SourceSettings, _ invocation: Invocation
    ) throws -> [String] {
        func text(_ secrets: [Secret]) -> String {
            String(decoding: secrets.first?.revealed ?? [], as: UTF8.self)
        }
        switch source.kind {
        case .chatlio, .generic(.token): return []
        case .platformInlet(let inlet):
            return inlet.flowIds?.first.map { ["x-adobe-flow-id: \($0)"] } ?? []
        case .generic(.bearer(let tokens)): return ["Authorization: Bearer \(text(tokens))"]
        case .generic(.basic(let username, let passwords)):
            let pair = Base64.encode(Array("\(username):\(text(passwords))".utf8))
            return ["Authorization: Basic \(pair)"]
        case .generic:
            throw CommandFailure(
                "source \(source.name) takes signed events only, which 'send' cannot make; "
                    + "use the sender's own test delivery")
        }
    }
}
