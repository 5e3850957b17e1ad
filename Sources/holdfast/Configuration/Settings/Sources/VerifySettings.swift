internal import RelayCore
internal import Signing

/// How a generic source proves that a request is its own.
enum VerifySettings: Sendable, Equatable {
    case standardWebhooks(StandardWebhooksSettings)
    case github(secrets: [Secret])
    case stripe(secrets: [Secret], tolerance: Span)
    case shopify(secrets: [Secret])
    case slack(secrets: [Secret], tolerance: Span)
    case hmac(HMACVerifySettings)
    case basic(username: String, passwords: [Secret])
    case bearer(tokens: [Secret])
    /// In the path, as for Chatlio.
    case token(tokens: [Secret])

    private enum Scheme: String, Sendable, CaseIterable {
        case standardWebhooks = "standard-webhooks"
        case github, stripe, shopify, slack, hmac, basic, bearer, token
    }

    init(_ reader: ObjectReader) {
        let scheme: Scheme = reader.kind("scheme")
        var secrets: [Secret] { reader.required("secrets", .oneOrMore(of: .secret())) }
        switch scheme {
        case .standardWebhooks: self = .standardWebhooks(StandardWebhooksSettings(reader))
        case .github: self = .github(secrets: secrets)
        case .stripe: self = .stripe(secrets: secrets, tolerance: Self.tolerance(reader))
        case .shopify: self = .shopify(secrets: secrets)
        case .slack: self = .slack(secrets: secrets, tolerance: Self.tolerance(reader))
        case .hmac: self = .hmac(HMACVerifySettings(reader))
        case .basic:
            self = .basic(
                username: reader.required("username", .userName),
                passwords: reader.required(
                    "passwords", .oneOrMore(of: .secret(minimumBytes: 8))))
        case .bearer: self = .bearer(tokens: Self.tokens(reader))
        case .token:
            self = .token(tokens: reader.required("tokens", .oneOrMore(of: .pathToken)))
        }
    }

    private static func tokens(_ reader: ObjectReader) -> [Secret] {
        reader.required("tokens", .oneOrMore(of: .secret()))
    }

    /// How far a signed time may lie from ours, either way.
    static func tolerance(_ reader: ObjectReader) -> Span {
        reader.value("tolerance", .span(in: .seconds(1)...Span.seconds(86_400)), default: "5m")
    }
}

extension Field where Value == String {
    /// Basic authentication ends the user name at the first colon (RFC 7617).
    fileprivate static var userName: Field {
        checkedText { $0.contains(":") ? "a user name has no colon" : nil }
    }
}
