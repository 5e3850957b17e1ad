package import RelayCore
package import Signing

/// Adobe's OAuth server-to-server token endpoint for one set of credentials.
package struct TokenEndpoint: Sendable {
    private let url: String
    private let clientID: String
    private let clientSecret: Secret
    private let scopes: [String]

    package init(url: String, clientID: String, clientSecret: Secret, scopes: [String]) {
        self.url = url
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.scopes = scopes
    }

    /// The secret goes in the body: what stands in a URL ends in somebody's log.
    package func request() -> PlatformRequest {
        var fields: [(String, [UInt8])] = [
            ("grant_type", Array("client_credentials".utf8)),
            ("client_id", Array(clientID.utf8)),
            ("client_secret", clientSecret.revealed),
        ]
        if !scopes.isEmpty { fields.append(("scope", Array(scopes.joined(separator: ",").utf8))) }
        return PlatformRequest(
            url: url,
            headers: [
                "Content-Type: application/x-www-form-urlencoded", "Accept: application/json",
            ],
            body: FormEncoding.encode(fields))
    }

    package func read(
        _ answer: PlatformAnswer, now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> TokenAnswer {
        if answer.isSuccess { return token(answer, now: now, using: &random) }
        let said = PlatformWords.of(answer, hiding: hidden)
        let message = Excerpt.of(
            said.isEmpty
                ? "HTTP \(answer.status) from the token endpoint"
                : "HTTP \(answer.status) from the token endpoint: \(said)")
        func retry(_ errorClass: ErrorClass) -> TokenAnswer {
            let retryAfterMs = RetryAfter.milliseconds(answer.retryAfter, now: now)
            return .retry(errorClass, retryAfterMs: retryAfterMs, message: message)
        }
        switch answer.status {
        case 429: return retry(.rateLimited)
        case 408, 425: return retry(.timeout)
        case 400..<500 where isPassing(answer): return retry(.serverError)
        case 400..<500: return .credentialRefused(message: message)
        case 500..<600: return retry(.serverError)
        default: return retry(.badResponse)
        }
    }

    /// A 2xx. Its body is never quoted: it may hold a token even where we cannot read it.
    private func token(
        _ answer: PlatformAnswer, now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> TokenAnswer {
        func useless(_ reason: String) -> TokenAnswer {
            .retry(.badResponse, retryAfterMs: nil, message: "the token endpoint sent \(reason)")
        }
        guard let object = answer.object else { return useless("no JSON object") }
        guard let text = object["access_token"]?.string, Self.fitsHeader(text) else {
            return useless("no usable access_token")
        }
        guard let lifeMs = TokenLife.milliseconds(expiresIn: object["expires_in"]) else {
            return useless("an expires_in that is no time to come")
        }
        return .token(
            AccessToken(Secret(text: text), issuedAt: now, lifeMs: lifeMs, using: &random))
    }

    /// Visible ASCII, so that a token cannot start a header line of its own.
    private static func fitsHeader(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }

    /// RFC 6749 section 4.1.2.1 and RFC 8628 section 3.5 have codes that pass by themselves.
    private func isPassing(_ answer: PlatformAnswer) -> Bool {
        let passing = ["temporarily_unavailable", "server_error", "slow_down"]
        return answer.object?["error"]?.string.map(passing.contains) ?? false
    }

    private var hidden: [String] {
        [
            String(decoding: clientSecret.revealed, as: UTF8.self),
            String(decoding: FormEncoding.escaped(clientSecret.revealed), as: UTF8.self),
        ]
    }
}
