internal import RelayCore
internal import Signing

/// How the relay proves itself to Platform.
enum AuthSettings: Sendable, Equatable {
    case none
    case oauth(OAuthSettings)

    private enum KindName: String, Sendable, CaseIterable { case oauth, none }

    init(_ reader: ObjectReader, allowPlainHTTP: Bool) {
        let kindName: KindName = reader.kind()
        switch kindName {
        case .none: self = .none
        case .oauth: self = .oauth(OAuthSettings(reader, allowPlainHTTP: allowPlainHTTP))
        }
    }
}

/// OAuth server-to-server with Adobe's identity service.
struct OAuthSettings: Sendable, Equatable {
    let clientId: String
    /// Tried in this order; several during a rotation.
    let clientSecrets: [Secret]
    let scopes: [String]
    let tokenURL: EndpointURL

    init(_ reader: ObjectReader, allowPlainHTTP: Bool) {
        clientId = reader.required("clientId", .printable)
        clientSecrets = reader.required(
            "clientSecret", .oneOrMore(of: .secret(minimumBytes: 8), atMost: 2))
        scopes = reader.value(
            "scopes", .oneOrMore(of: .printable), default: ["openid", "AdobeID"])
        tokenURL = reader.value(
            "tokenURL", .service(allowsPlainHTTP: allowPlainHTTP, masking: .allButPath),
            default: "https://ims-na1.adobelogin.com/ims/token/v3")
    }
}
