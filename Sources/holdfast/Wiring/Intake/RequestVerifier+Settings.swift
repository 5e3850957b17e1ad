import RelayIntake

extension RequestVerifier {
    init(_ settings: VerifySettings, source: String) throws(UnusableSecret) {
        guard let verifier = RequestVerifier.make(settings) else {
            throw UnusableSecret(source: source)
        }
        self = verifier
    }

    private static func make(_ settings: VerifySettings) -> RequestVerifier? {
        switch settings {
        case .standardWebhooks(let settings):
            SignatureScheme.standardWebhooks(
                secrets: settings.secrets, publicKeys: settings.publicKeys,
                tolerance: settings.tolerance
            ).map { .signature($0) }
        case .github(let secrets):
            SignatureScheme.github(secrets: secrets).map { .signature($0) }
        case .stripe(let secrets, let tolerance):
            SignatureScheme.stripe(secrets: secrets, tolerance: tolerance).map { .signature($0) }
        case .shopify(let secrets):
            SignatureScheme.shopify(secrets: secrets).map { .signature($0) }
        case .slack(let secrets, let tolerance):
            SignatureScheme.slack(secrets: secrets, tolerance: tolerance).map { .signature($0) }
        case .hmac(let settings): SignatureScheme(settings).map { .signature($0) }
        case .basic(let username, let passwords):
            CredentialCheck(username: username, passwords: passwords).map { .credentials($0) }
        case .bearer(let tokens): CredentialCheck(tokens: tokens).map { .credentials($0) }
        case .token:
            preconditionFailure("a token in the path is looked up, not verified")
        }
    }
}
