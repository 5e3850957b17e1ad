internal import RelayCore
internal import Signing

/// Any receiver that takes a POST of JSON.
struct HTTPSettings: Sendable, Equatable {
    let url: EndpointURL
    let sign: OutgoingSignature?

    init(_ reader: ObjectReader, allowPlainHTTP: Bool) {
        url = reader.required("url", .service(allowsPlainHTTP: allowPlainHTTP))
        sign = reader.optional("sign", .object(OutgoingSignature.init))
    }
}

/// How the receiver can tell that a request is the relay's.
enum OutgoingSignature: Sendable, Equatable {
    /// The key as written, `whsec_…`.
    case standardWebhooks(secret: Secret)

    private enum Scheme: String, Sendable, CaseIterable {
        case standardWebhooks = "standard-webhooks"
    }

    init(_ reader: ObjectReader) {
        let scheme: Scheme = reader.kind("scheme")
        switch scheme {
        case .standardWebhooks:
            self = .standardWebhooks(secret: reader.required("secret", .standardWebhooksKey))
        }
    }
}
