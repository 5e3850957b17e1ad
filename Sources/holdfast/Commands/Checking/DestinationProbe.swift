import HTTPClient
import Platform
import RelayCore

/// Reaches one destination without sending data: a token where it needs one, and a HEAD of the
/// address without path and query. Any HTTP answer to that is a good one.
struct DestinationProbe {
    struct Finding {
        var isWell = true
        var sentences: [String] = []
    }

    private let settings: DestinationSettings
    private let clock: any Clock

    init(_ settings: DestinationSettings, clock: any Clock) {
        self.settings = settings
        self.clock = clock
    }

    func run() -> Finding {
        var finding = Finding()
        switch settings.target {
        case .platform(let platform):
            if case .oauth(let oauth) = platform.auth { fetchToken(oauth, &finding) }
            reach(platform.inletURL, &finding)
        case .http(let http):
            reach(http.url, &finding)
        }
        return finding
    }

    private func reach(_ url: EndpointURL, _ finding: inout Finding) {
        let parts = url.revealed.split(
            separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        // Of `https://user@host:443/path?query` the part up to the path.
        let authority = parts.count > 2 ? parts[2].prefix { $0 != "?" } : ""
        let request = ClientRequest(
            method: "HEAD", url: "\(url.scheme)://\(authority)/", timeoutMs: settings.timeoutMs,
            connectTimeoutMs: settings.connectTimeoutMs)
        switch HTTPCall.perform(request, policy: policy(isLoopback: url.isLoopback)) {
        case .success(let response):
            let transport = url.scheme == "https" ? "TLS" : "plain HTTP"
            finding.sentences.append(
                "reached \(url.host) over \(transport) in \(response.totalMs) ms "
                    + "(HTTP/\(response.httpVersion) \(response.status))")
        case .failure(let failure):
            finding.isWell = false
            finding.sentences.append(
                "\(url.host) was not reached (\(failure.kind.rawValue)): \(failure.message)")
        }
    }

    /// Every secret of a rotation must be good.
    private func fetchToken(_ oauth: OAuthSettings, _ finding: inout Finding) {
        for (index, secret) in oauth.clientSecrets.enumerated() {
            let endpoint = TokenEndpoint(
                url: oauth.tokenURL.revealed, clientID: oauth.clientId, clientSecret: secret,
                scopes: oauth.scopes)
            let label = oauth.clientSecrets.count > 1 ? "secret \(index + 1): " : ""
            let (isWell, sentence) = token(from: endpoint, oauth)
            finding.isWell = finding.isWell && isWell
            finding.sentences.append(label + sentence)
        }
    }

    private func token(
        from endpoint: TokenEndpoint, _ oauth: OAuthSettings
    ) -> (isWell: Bool, sentence: String) {
        let asked = endpoint.request()
        let request = ClientRequest(
            url: asked.url, headers: asked.headers, body: asked.body,
            timeoutMs: settings.timeoutMs, connectTimeoutMs: settings.connectTimeoutMs)
        let now = clock.now
        let response: ClientResponse
        switch HTTPCall.perform(request, policy: policy(isLoopback: oauth.tokenURL.isLoopback)) {
        case .failure(let failure):
            return (false, "no token from \(oauth.tokenURL.host): \(failure.message)")
        case .success(let answer): response = answer
        }
        var generator = SystemRandomNumberGenerator()
        let answer = endpoint.read(
            PlatformAnswer(
                status: response.status, retryAfter: response.headers["retry-after"],
                body: response.body, isTruncated: response.bodyTruncated),
            now: now, using: &generator)
        switch answer {
        case .token(let token):
            let life = token.expiresAt.millisecondsSince(now) / 1000
            return (true, "token fetched, good for \(Words.age(seconds: life))")
        case .credentialRefused(let message): return (false, "credentials refused: \(message)")
        case .retry(_, _, let message): return (false, "no token now: \(message)")
        }
    }

    private func policy(isLoopback: Bool) -> ClientPolicy {
        var policy = ClientPolicy(allowPlainHTTP: settings.allowPlainHTTP || isLoopback)
        policy.proxy = settings.proxy?.revealed
        policy.caFile = settings.caFile
        policy.userAgent = "holdfast/\(Version.text)"
        return policy
    }
}
