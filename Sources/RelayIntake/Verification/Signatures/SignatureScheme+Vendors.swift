package import RelayCore
package import Signing

/// The named schemes. Each is nil when the secrets hold no usable key.
extension SignatureScheme {
    /// Standard Webhooks 1.0.0: `v1` with shared secrets, `v1a` with ed25519. Svix's older header
    /// names carry the same.
    /// - Parameter secrets: as written, base64 of the key with or without `whsec_`.
    package static func standardWebhooks(
        secrets: [Secret], publicKeys: [[UInt8]] = [], tolerance: Span
    ) -> SignatureScheme? {
        let decoded = secrets.compactMap { KeyEncoding.base64.decode($0, prefix: "whsec_") }
        guard decoded.count == secrets.count,
            let keys = SigningKeys(secrets: decoded, publicKeys: publicKeys)
        else { return nil }
        return SignatureScheme(
            headers: ["webhook", "svix"].map { family in
                Headers(
                    signature: "\(family)-signature", timestamp: "\(family)-timestamp",
                    id: "\(family)-id")
            },
            notation: SignatureNotation(
                separator: .space, element: .comma, versions: ["v1"],
                publicKeyVersions: ["v1a"], encoding: .base64),
            content: [.id, .literal("."), .timestamp, .literal("."), .body],
            time: SignedTime(tolerance: tolerance), keys: keys)
    }

    package static func github(secrets: [Secret]) -> SignatureScheme? {
        guard let keys = SigningKeys(secrets: secrets) else { return nil }
        return SignatureScheme(
            headers: [
                Headers(
                    signature: "x-hub-signature-256", id: "x-github-delivery",
                    type: "x-github-event")
            ],
            notation: SignatureNotation(prefix: "sha256=", encoding: .hex), content: [.body],
            keys: keys)
    }

    /// Stripe's key is the whole `whsec_…` as text.
    package static func stripe(secrets: [Secret], tolerance: Span) -> SignatureScheme? {
        guard let keys = SigningKeys(secrets: secrets) else { return nil }
        return SignatureScheme(
            headers: [Headers(signature: "stripe-signature")],
            notation: SignatureNotation(
                separator: .comma, element: .equals, versions: ["v1"], encoding: .hex),
            content: [.timestamp, .literal("."), .body],
            time: SignedTime(element: "t", tolerance: tolerance),
            idPointer: JSONPointer(tokens: ["id"]), keys: keys)
    }

    package static func shopify(secrets: [Secret]) -> SignatureScheme? {
        guard let keys = SigningKeys(secrets: secrets) else { return nil }
        return SignatureScheme(
            headers: [
                Headers(
                    signature: "x-shopify-hmac-sha256", id: "x-shopify-webhook-id",
                    type: "x-shopify-topic")
            ],
            notation: SignatureNotation(encoding: .base64), content: [.body], keys: keys)
    }

    package static func slack(secrets: [Secret], tolerance: Span) -> SignatureScheme? {
        guard let keys = SigningKeys(secrets: secrets) else { return nil }
        var scheme = SignatureScheme(
            headers: [
                Headers(signature: "x-slack-signature", timestamp: "x-slack-request-timestamp")
            ],
            notation: SignatureNotation(element: .equals, versions: ["v0"], encoding: .hex),
            content: [.literal("v0:"), .timestamp, .literal(":"), .body],
            time: SignedTime(tolerance: tolerance),
            idPointer: JSONPointer(tokens: ["event_id"]), keys: keys)
        scheme.answersChallenge = true
        return scheme
    }
}
