import RelayCore
import Signing

/// The three headers of Standard Webhooks 1.0.0 over what is sent.
struct StandardWebhooksSigner: Sendable {
    private let key: HMACKey

    /// nil when the secret is not base64 (with or without `whsec_`), which the reader of the
    /// configuration has ruled out.
    init?(_ secret: Secret) {
        let text = String(decoding: secret.revealed, as: UTF8.self)
        let encoded = text.hasPrefix("whsec_") ? String(text.dropFirst(6)) : text
        guard let bytes = Base64.decode(encoded), let key = HMACKey(Secret(bytes)) else {
            return nil
        }
        self.key = key
    }

    func headers(id: String, at time: Timestamp, body: [UInt8]) -> [String] {
        let seconds = time.milliseconds / 1000
        let code = key.code(overParts: [Array("\(id).\(seconds).".utf8), body])
        return [
            "webhook-id: \(id)", "webhook-timestamp: \(seconds)",
            "webhook-signature: v1,\(Base64.encode(code))",
        ]
    }
}
