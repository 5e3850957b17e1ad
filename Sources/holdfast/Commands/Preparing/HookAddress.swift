import Signing

/// Where the hooks of a source are posted to.
struct HookAddress {
    let source: String
    let hook: String
    /// Whole, token included: never for a log.
    let url: String
    /// How the source proves itself, for people.
    let proof: String

    /// One per hook and token, in the order of the configuration.
    static func all(of configuration: Configuration, base: String) -> [HookAddress] {
        configuration.sources.flatMap { source in
            source.hooks.flatMap { hook in
                addresses(source, hook: hook.name, base: base)
            }
        }
    }

    /// What stands before `/hooks/`: the public address, or the listener's where there is none.
    static func publicBase(_ intake: IntakeSettings) -> String? {
        guard let url = intake.publicURL else { return listenBase(intake, shown: true) }
        return trimmed(url.revealed)
    }

    /// The listener as this machine reaches it. A certificate is made out to the public name.
    static func localBase(_ intake: IntakeSettings) -> String? {
        if intake.tls != nil, let url = intake.publicURL { return trimmed(url.revealed) }
        return listenBase(intake, shown: false)
    }

    private static func listenBase(_ intake: IntakeSettings, shown: Bool) -> String? {
        guard case .network(let host, let port) = intake.listen else { return nil }
        let scheme = intake.tls == nil ? "http" : "https"
        let reachable =
            switch host {
            case "0.0.0.0": shown ? "localhost" : "127.0.0.1"
            case "::": shown ? "localhost" : "::1"
            default: host
            }
        let bracketed = reachable.contains(":") ? "[\(reachable)]" : reachable
        return "\(scheme)://\(bracketed):\(port)"
    }

    private static func addresses(
        _ source: SourceSettings, hook: String, base: String
    ) -> [HookAddress] {
        let path = "\(base)/hooks/\(source.name)/\(hook)"
        func one(_ url: String, _ proof: String) -> HookAddress {
            HookAddress(source: source.name, hook: hook, url: url, proof: proof)
        }
        func withTokens(_ tokens: [Secret]) -> [HookAddress] {
            tokens.map { token in
                one(
                    "\(path)/\(String(decoding: token.revealed, as: UTF8.self))", "token in the URL"
                )
            }
        }
        switch source.kind {
        case .chatlio(let tokens): return withTokens(tokens)
        case .platformInlet(let inlet):
            return [one("\(base)/collection/\(inlet.inletId)", "as Platform's inlet")]
        case .generic(.token(let tokens)): return withTokens(tokens)
        case .generic(let verify): return [one(path, proof(verify))]
        }
    }

    private static func proof(_ verify: VerifySettings) -> String {
        switch verify {
        case .standardWebhooks: "signed, Standard Webhooks"
        case .github: "signed, X-Hub-Signature-256"
        case .stripe: "signed, Stripe-Signature"
        case .shopify: "signed, X-Shopify-Hmac-Sha256"
        case .slack: "signed, X-Slack-Signature"
        case .hmac(let settings): "signed, \(settings.header)"
        case .basic(let username, _): "basic authentication as \(username)"
        case .bearer: "bearer token"
        case .token: "token in the URL"
        }
    }

    /// Without the slashes at its end.
    static func trimmed(_ url: String) -> String {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        return url
    }
}
