import HTTPServer
import RelayCore

/// `POST /ims/token/v3`: OAuth client credentials.
extension World {
    mutating func token(_ request: ServerRequest, at now: Timestamp) -> Reply {
        guard request.head.method == "POST" else {
            return Self.tokenError(405, "invalid_request", "POST is required")
        }
        // Parameters may also stand in the query.
        let form = FormFields(String(decoding: request.body, as: UTF8.self))
        let query = FormFields(request.head.query ?? "")
        func field(_ name: String) -> String? { form[name] ?? query[name] }
        guard field("grant_type") == "client_credentials" else {
            return Self.tokenError(400, "unsupported_grant_type", "grant_type is not supported")
        }
        guard let clientID = field("client_id"), let client = tokens.clients[clientID],
            let secret = field("client_secret"), client.secrets.contains(secret)
        else {
            return Self.tokenError(
                settings.invalidClientStatus, "invalid_client", "invalid client credentials")
        }
        guard
            rates.admits(
                "token/\(clientID)", limit: settings.tokensPerMinute, windowMs: 60_000, at: now)
        else { return tokenThrottle }
        return issue(to: client, at: now)
    }

    private mutating func issue(to client: TokenClient, at now: Timestamp) -> Reply {
        let lifeMs = settings.tokenLifeSeconds * 1000
        let token = "simulated." + ids.hex(48)
        tokens.keep(
            token, organisation: client.organisation, expiresAt: now.adding(ms: Int64(lifeMs)),
            now: now)
        counters.tokensIssued += 1
        return .json(
            200,
            [
                "access_token": .string(token), "token_type": "bearer",
                "expires_in": .integer(
                    settings.reportsLifeInMilliseconds ? lifeMs : settings.tokenLifeSeconds),
            ])
    }

    private var tokenThrottle: Reply {
        var reply = Self.tokenError(429, "too_many_requests", "too many token requests")
        if settings.retryAfterSeconds > 0 {
            let seconds = String(settings.retryAfterSeconds)
            reply.response.headers.append(("Retry-After", seconds))
        }
        return reply
    }

    private static func tokenError(_ status: Int, _ error: String, _ text: String) -> Reply {
        .json(status, ["error": .string(error), "error_description": .string(text)])
    }
}
