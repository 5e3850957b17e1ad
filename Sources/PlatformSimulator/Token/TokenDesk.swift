import RelayCore

/// Who may have tokens, and the tokens that are out.
struct TokenDesk: Sendable {
    enum Verdict: Equatable {
        case valid(organisation: String)
        case expired
        case unknown
    }

    private struct Token: Sendable {
        let organisation: String
        let expiresAt: Timestamp
    }

    /// Beyond it the expired are thrown out, and if none are, everybody asks again.
    private static let tokensLimit = 10_000

    var clients: [String: TokenClient] = [:]
    private var tokens: [String: Token] = [:]

    mutating func keep(_ token: String, organisation: String, expiresAt: Timestamp, now: Timestamp)
    {
        if tokens.count >= Self.tokensLimit {
            tokens = tokens.filter { $0.value.expiresAt > now }
            if tokens.count >= Self.tokensLimit { tokens = [:] }
        }
        tokens[token] = Token(organisation: organisation, expiresAt: expiresAt)
    }

    /// As an administrator who withdraws everything that is out.
    mutating func revokeAll() { tokens = [:] }

    func verdict(on token: String, at now: Timestamp) -> Verdict {
        guard let found = tokens[token] else { return .unknown }
        return found.expiresAt > now ? .valid(organisation: found.organisation) : .expired
    }
}
