internal import RelayCore
internal import Signing

/// Standard Webhooks 1.0.0, symmetric (v1), asymmetric (v1a), or both during a change.
struct StandardWebhooksSettings: Sendable, Equatable {
    /// `whsec_…`, as written.
    let secrets: [Secret]
    /// Each 32 bytes, decoded from `whpk_…`.
    let publicKeys: [[UInt8]]
    let tolerance: Span

    init(_ reader: ObjectReader) {
        let secrets = reader.optional("secrets", .oneOrMore(of: .standardWebhooksKey))
        let publicKeys = reader.optional("publicKeys", .oneOrMore(of: .standardWebhooksPublicKey))
        if secrets == nil, publicKeys == nil { reader.report("secrets", "is required") }
        self.secrets = secrets ?? []
        self.publicKeys = publicKeys ?? []
        tolerance = VerifySettings.tolerance(reader)
    }
}

extension Field where Value == [UInt8] {
    fileprivate static var standardWebhooksPublicKey: Field {
        Field(
            read: { value, place in
                guard let text = place.string(value) else { return nil }
                let digits = text.suffix(after: "whpk_") ?? text
                guard let key = Base64.decode(digits, padding: .lenient), key.count == 32 else {
                    place.report("is no ed25519 public key (whpk_ and base64 of 32 bytes)")
                    return nil
                }
                return Reading(value: key, shown: .string(text))
            },
            standIn: { _ in [] })
    }
}
