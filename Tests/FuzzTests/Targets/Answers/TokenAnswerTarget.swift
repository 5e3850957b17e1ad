import Platform
import RelayCore
import RelayTesting
import Signing

extension FuzzTarget {
    /// What a token endpoint sends: a token fits a header and lives in bounds, and our secret does
    /// not come back to us in words.
    static let tokenAnswer = FuzzTarget(
        "token-answer",
        seeds: [
            #"0{"access_token":"eyJ","expires_in":86399999,"token_type":"bearer"}"#,
            #"1{"error":"invalid_client","error_description":"invalid p@ss w0rd+12"}"#,
            #"0{"access_token":"a\nb","expires_in":"1e9"}"#, "1p%40ss%20w0rd%2B12",
        ]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        let status = input.pick([200, 400, 401, 429, 503, 302, 201, 0])
        let secret = "p@ss w0rd+12"
        let endpoint = TokenEndpoint(
            url: "https://x/t", clientID: "c", clientSecret: Secret(text: secret), scopes: ["a"])
        let now = Timestamp(milliseconds: 1_795_000_000_000)
        var random = RandomDraw(SeededRandom(seed: 1))
        let answer = PlatformAnswer(status: status, retryAfter: nil, body: input.rest)
        switch endpoint.read(answer, now: now, using: &random) {
        case .token(let token):
            try hold((200..<300).contains(status), "a token with \(status)")
            try hold(
                token.headerLine.utf8.allSatisfy { (0x20...0x7E).contains($0) }, "no header line")
            let lifeMs = token.expiresAt.millisecondsSince(now)
            try hold((0...2_592_000_000).contains(lifeMs), "a life of \(lifeMs) ms")
            try hold(token.refreshAt <= token.expiresAt, "renewed after its end")
        case .retry(_, _, let message), .credentialRefused(let message):
            try Harmless.forTerminals(message, "the message")
            try hold(message.utf8.count <= Limits.excerptBytes, "\(message.utf8.count) bytes")
            try hold(
                !message.contains(secret) && !message.contains("p%40ss%20w0rd%2B12")
                    && !message.contains("p%40ss+w0rd%2B12"), "the secret in: \(message)")
        }
    }
}
