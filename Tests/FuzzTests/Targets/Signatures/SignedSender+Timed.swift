import Foundation
import RelayIntake
import Signing

/// The senders that sign a time as well.
extension SignedSender {
    static let standardWebhooks = SignedSender(
        name: "standard-webhooks",
        scheme: .standardWebhooks(secrets: secrets, tolerance: fiveMinutes),
        seeds: [
            "webhook-id: msg_1\nwebhook-timestamp: %T\nwebhook-signature: v1,%S\n\n{}",
            "svix-id: msg_1\nsvix-timestamp: %T\nsvix-signature: v1a,AA v2,x v1,%S\n\n{}",
            "webhook-id: a.b\nwebhook-timestamp: 1760000300\nwebhook-signature: v1,%S v1,\n\n{}",
            "webhook-id: x\nsvix-timestamp: %T\nwebhook-signature: v1,%S\nsvix-signature: %S\n\n",
        ],
        sign: { standardWebhooksCode($0) },
        accepts: { request in
            let family = family(request)
            guard let value = request.single("\(family)-signature"),
                let id = request.single("\(family)-id"), !id.isEmpty, !id.utf8.contains(0x2E),
                request.hasOrderlyID("\(family)-id"),
                let time = request.single("\(family)-timestamp"), SignedRequest.isTimely(time)
            else { return false }
            let elements = value.pieces(" ").compactMap { $0.after(",") }
            let right = standardWebhooksCode(request)
            return elements.count <= 16
                && elements.contains { $0.before == "v1" && $0.after == right }
        })

    private static func standardWebhooksCode(_ request: SignedRequest) -> String {
        let family = family(request)
        let id = request.single("\(family)-id") ?? ""
        let time = request.single("\(family)-timestamp") ?? ""
        let raw = Array(Data(base64Encoded: secret) ?? Data())
        return base64(
            key(raw, .sha256)?.code(over: Array("\(id).\(time).".utf8) + request.body) ?? [])
    }

    private static func family(_ request: SignedRequest) -> String {
        request.values("webhook-signature").isEmpty ? "svix" : "webhook"
    }

    static let stripe = SignedSender(
        name: "stripe", scheme: .stripe(secrets: secrets, tolerance: fiveMinutes),
        seeds: [
            "Stripe-Signature: t=%T,v1=%S,v0=aa\n\n{\"id\":\"evt_1\"}",
            "Stripe-Signature: t=%T, v1=00 ,v1=%S\n\n{\"id\":1}",
            "Stripe-Signature: t=%T,t=%T,v1=%S\n\n{}", "Stripe-Signature: v1=%S,t=0\n\n",
        ],
        sign: { request in
            hex(code("\(stripeTime(request) ?? "").", request.body))
        },
        accepts: { request in
            guard let time = stripeTime(request), SignedRequest.isTimely(time) else {
                return false
            }
            let elements = stripeElements(request)
            let right = hex(code("\(time).", request.body))
            return elements.count <= 16
                && elements.contains { $0.before == "v1" && $0.after.lowercased() == right }
        })

    private static func stripeElements(
        _ request: SignedRequest
    ) -> [(before: String, after: String)] {
        let value = request.single("stripe-signature") ?? ""
        return value.pieces(",").compactMap { trimmed($0).after("=") }
    }

    private static func stripeTime(_ request: SignedRequest) -> String? {
        let times = stripeElements(request).filter { $0.before == "t" }
        return times.count == 1 ? times[0].after : nil
    }

    static let slack = SignedSender(
        name: "slack", scheme: .slack(secrets: secrets, tolerance: fiveMinutes),
        seeds: [
            "X-Slack-Signature: v0=%S\nX-Slack-Request-Timestamp: %T\n\n{\"event_id\":\"Ev0\"}",
            "X-Slack-Signature: v1=%S\nX-Slack-Request-Timestamp: %T\n\n{}",
            "X-Slack-Signature: v0=%S\nX-Slack-Request-Timestamp: 1759999699\n\n{}",
        ],
        sign: { slackCode($0) },
        accepts: { request in
            guard let value = request.single("x-slack-signature")?.after("="),
                value.before == "v0", let time = request.single("x-slack-request-timestamp"),
                SignedRequest.isTimely(time)
            else { return false }
            return value.after.lowercased() == slackCode(request)
        })

    private static func slackCode(_ request: SignedRequest) -> String {
        let time = request.single("x-slack-request-timestamp") ?? ""
        return hex(code("v0:\(time):", request.body))
    }
}
