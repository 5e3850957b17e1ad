import HTTPServer
import RelayCore
import RelayIntake
import Signing
import Testing

/// The senders of the vectors: one key, one id, one time, one body, each signed in its own way.
enum Vendor: String, CaseIterable, Sendable {
    case standardWebhooks, svix, github, stripe, shopify, slack

    static let secret = "fixture-shared-secret"
    static let standardSecret = "whsec_AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="
    static let id = "msg_fixture_0001"
    static let seconds: Int64 = 1_760_000_000
    static let body = Array(
        (#"{"conversationUUID":"7b0f4c52-1d0e-4a53-9c6e-2f6a1b8d9e10","#
            + #""message":"Holá, is anyone there?"}"#).utf8)
    static let now = Timestamp(milliseconds: seconds * 1000)

    /// The published signature of `body`.
    var signature: String {
        switch self {
        case .standardWebhooks, .svix: "v1,6RihRHut5P/AsCyrlPe6KrCpVtxP7jQOQowCu6hkHVA="
        case .github: "sha256=d7e15a731126132145ca38790063863f939990f2405a66724c8e517ed1826179"
        case .stripe:
            "t=1760000000,v1=1dfbdf7377df3342b474576472d613634d7b4181b8ecb7e46816e9d9e53ddfe8"
        case .shopify: "1+FacxEmEyFFyjh5AGOGP5OZkPJAWmZyTI5RftGCYXk="
        case .slack: "v0=5475afed00df3a8148ec8be398dbf6d1bd5d7774b22d03c3e080933ea86f6f12"
        }
    }

    var signatureHeader: String {
        switch self {
        case .standardWebhooks: "webhook-signature"
        case .svix: "svix-signature"
        case .github: "X-Hub-Signature-256"
        case .stripe: "Stripe-Signature"
        case .shopify: "X-Shopify-Hmac-SHA256"
        case .slack: "X-Slack-Signature"
        }
    }

    var timestampHeader: String? {
        switch self {
        case .standardWebhooks: "webhook-timestamp"
        case .svix: "svix-timestamp"
        case .slack: "X-Slack-Request-Timestamp"
        case .github, .stripe, .shopify: nil
        }
    }

    var idHeader: String? {
        switch self {
        case .standardWebhooks: "webhook-id"
        case .svix: "svix-id"
        case .github: "X-GitHub-Delivery"
        case .shopify: "X-Shopify-Webhook-Id"
        case .stripe, .slack: nil
        }
    }

    var headers: [HeaderField] {
        var headers = [HeaderField(name: signatureHeader, value: signature)]
        if let timestampHeader {
            headers.append(HeaderField(name: timestampHeader, value: "\(Vendor.seconds)"))
        }
        if let idHeader { headers.append(HeaderField(name: idHeader, value: Vendor.id)) }
        return headers
    }

    func headers(signature: String) -> [HeaderField] {
        [HeaderField(name: signatureHeader, value: signature)] + headers.dropFirst()
    }

    /// The headers of another body, id and time, signed here.
    func signed(
        _ body: [UInt8], id: String = Vendor.id, seconds: String = "\(Vendor.seconds)",
        secret: String? = nil
    ) -> [HeaderField] {
        func code(_ prefix: String) -> [UInt8] {
            let text = secret ?? Vendor.secret
            let key =
                switch self {
                case .standardWebhooks, .svix:
                    KeyEncoding.base64.decode(
                        Secret(text: secret ?? Vendor.standardSecret), prefix: "whsec_")
                default: Optional(Secret(text: text))
                }
            return key.flatMap { HMACKey($0) }?.code(over: Array(prefix.utf8) + body) ?? []
        }
        let signature =
            switch self {
            case .standardWebhooks, .svix: "v1,\(Base64.encode(code("\(id).\(seconds).")))"
            case .github: "sha256=\(Hex.encode(code("")))"
            case .stripe: "t=\(seconds),v1=\(Hex.encode(code("\(seconds).")))"
            case .shopify: Base64.encode(code(""))
            case .slack: "v0=\(Hex.encode(code("v0:\(seconds):")))"
            }
        var headers = [HeaderField(name: signatureHeader, value: signature)]
        if let timestampHeader {
            headers.append(HeaderField(name: timestampHeader, value: seconds))
        }
        if let idHeader { headers.append(HeaderField(name: idHeader, value: id)) }
        return headers
    }

    /// - Parameter secrets: nil: the one of the vectors.
    func verifier(secrets: [String]? = nil) throws -> RequestVerifier {
        let tolerance = RelayCore.Span.seconds(300)
        let isStandard = self == .standardWebhooks || self == .svix
        let keys = (secrets ?? [isStandard ? Vendor.standardSecret : Vendor.secret])
            .map { Secret(text: $0) }
        let scheme: SignatureScheme? =
            switch self {
            case .standardWebhooks, .svix:
                .standardWebhooks(secrets: keys, tolerance: tolerance)
            case .github: .github(secrets: keys)
            case .stripe: .stripe(secrets: keys, tolerance: tolerance)
            case .shopify: .shopify(secrets: keys)
            case .slack: .slack(secrets: keys, tolerance: tolerance)
            }
        return .signature(try #require(scheme))
    }
}
