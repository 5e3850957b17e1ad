import RelayIntake
import Signing

/// The senders that sign the body alone.
extension SignedSender {
    static let github = SignedSender(
        name: "github", scheme: .github(secrets: secrets),
        seeds: [
            "X-Hub-Signature-256: sha256=%S\nX-GitHub-Delivery: 72d3162e\nX-GitHub-Event: p\n\n{}",
            "x-hub-signature-256: sha256=%S\nx-hub-signature-256: sha256=%S\n\n{}",
            "X-Hub-Signature-256: sha256=00%S\n\n{}", "X-Hub-Signature-256: sha1=%S\n\n{}",
        ],
        sign: { hex(code("", $0.body)) },
        accepts: { request in
            guard let value = request.single("x-hub-signature-256"),
                value.utf8.starts(with: "sha256=".utf8)
            else { return false }
            return value.dropFirst(7).lowercased() == hex(code("", request.body))
                && request.hasOrderlyID("x-github-delivery")
        })

    static let shopify = SignedSender(
        name: "shopify", scheme: .shopify(secrets: secrets),
        seeds: [
            "X-Shopify-Hmac-Sha256: %S\nX-Shopify-Webhook-Id: b54557e4\nX-Shopify-Topic: o/c\n\n{}",
            "X-Shopify-Hmac-Sha256:  %S=\n\n{}", "X-Shopify-Hmac-Sha256: \n\n{}",
        ],
        sign: { base64(code("", $0.body)) },
        accepts: { request in
            request.single("x-shopify-hmac-sha256") == base64(code("", request.body))
                && request.hasOrderlyID("x-shopify-webhook-id")
        })

    /// A notation of our own: SHA-512, base64 for URLs, several with commas, another header signed.
    static let hmac = SignedSender(
        name: "hmac",
        scheme: SigningKeys(secrets: secrets, hash: .sha512).map { keys in
            SignatureScheme(
                headers: [SignatureScheme.Headers(signature: "X-Sig")],
                notation: SignatureNotation(
                    prefix: "sig ", separator: .comma, encoding: .base64url),
                content: [.header("X-Realm"), .literal("\n"), .body], keys: keys)
        },
        seeds: [
            "X-Sig: sig %S\nX-Realm: a\n\n{}", "X-Sig: sig AA, %S ,\nX-Realm: \n\nx",
            "X-Sig: sig %S\n\n{}", "X-Sig: sig %S==\nX-Realm: a\nx-realm: b\n\n{}",
        ],
        sign: { unpadded($0) },
        accepts: { request in
            guard let value = request.single("x-sig"), value.utf8.starts(with: "sig ".utf8),
                request.single("x-realm") != nil
            else { return false }
            let pieces = String(decoding: value.utf8.dropFirst(4), as: UTF8.self).pieces(",")
            let right = unpadded(request)
            return pieces.count <= 16
                && pieces.contains { piece in
                    let text = trimmed(piece)
                    return text == right || text == right + "=="
                }
        })

    private static func unpadded(_ request: SignedRequest) -> String {
        let realm = request.single("x-realm") ?? ""
        let text = base64(code("\(realm)\n", request.body, hash: .sha512))
        return String(
            text.replacing("+", with: "-").replacing("/", with: "_").prefix { $0 != "=" })
    }

    static func trimmed(_ text: String) -> String {
        var bytes = Array(text.utf8)[...]
        while bytes.first == 0x20 { bytes.removeFirst() }
        while bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
