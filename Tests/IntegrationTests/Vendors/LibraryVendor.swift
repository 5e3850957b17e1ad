import RelayCore
import Signing

/// A vendor with a library, and our own reading of how he signs.
enum LibraryVendor: String, CaseIterable, Sendable {
    case standardWebhooks = "standard-webhooks"
    case stripe, slack

    static let id = "msg_vendor_0001"
    static let body = #"{"id":"evt_1", "event_id":"Ev1","text":"Holá\u00e9","n":1.50}"#

    /// As an operator copies it from the vendor's page.
    var secret: String {
        switch self {
        case .standardWebhooks: "whsec_c3RhbmRhcmQtd2ViaG9va3MtdmVuZG9yLWtleQ=="
        case .stripe: "whsec_5tRiPeVeNdOrKeYoFtHeTeSt"
        case .slack: "8f742231b10e8888abcd99yyyzzz85a5"
        }
    }

    /// What the relay must take for the delivery id.
    var deliveryID: String {
        switch self {
        case .standardWebhooks: LibraryVendor.id
        case .stripe: "evt_1"
        case .slack: "Ev1"
        }
    }

    var source: JSONValue {
        [
            "kind": "generic",
            "verify": ["scheme": .string(rawValue), "secrets": [.string(secret)]],
            "hooks": ["created": ["destination": "platform"]],
        ]
    }

    func task(_ what: String, headers: JSONValue = [:], body: String = body) -> JSONValue {
        [
            "do": .string(what), "vendor": .string(rawValue), "secret": .string(secret),
            "id": .string(LibraryVendor.id), "headers": headers, "body": .string(body),
        ]
    }

    /// What the library should have written, made with our own means.
    func headers(seconds: Int64) -> JSONValue {
        let body = LibraryVendor.body
        switch self {
        case .standardWebhooks:
            let code = Base64.encode(code(over: "\(LibraryVendor.id).\(seconds).\(body)"))
            return [
                "webhook-id": .string(LibraryVendor.id), "webhook-timestamp": .string("\(seconds)"),
                "webhook-signature": .string("v1,\(code)"),
            ]
        case .stripe:
            let code = Hex.encode(code(over: "\(seconds).\(body)"))
            return ["Stripe-Signature": .string("t=\(seconds),v1=\(code)")]
        case .slack:
            let code = Hex.encode(code(over: "v0:\(seconds):\(body)"))
            return [
                "X-Slack-Request-Timestamp": .string("\(seconds)"),
                "X-Slack-Signature": .string("v0=\(code)"),
            ]
        }
    }

    private func code(over text: String) -> [UInt8] {
        let bytes =
            self == .standardWebhooks
            ? Base64.decode(secret.dropFirst("whsec_".count)) ?? [] : Array(secret.utf8)
        return HMACKey(Secret(bytes))?.code(over: Array(text.utf8)) ?? []
    }
}
