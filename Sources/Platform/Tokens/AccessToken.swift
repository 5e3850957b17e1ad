package import RelayCore
package import Signing

/// An access token and its life. Prints as `***`.
package struct AccessToken: Sendable {
    package let value: Secret
    /// Ask for the next one from here on, and keep using this one until the next has come.
    package let refreshAt: Timestamp
    package let expiresAt: Timestamp

    /// The refresh falls between 80 and 95 % of the life, so that a crowd of relays that started
    /// together does not ask together.
    package init(
        _ value: Secret, issuedAt: Timestamp, lifeMs: Int64,
        using random: inout some RandomNumberGenerator
    ) {
        self.value = value
        expiresAt = issuedAt.adding(ms: lifeMs)
        let share = Int64.random(in: 800...950, using: &random)
        refreshAt = issuedAt.adding(ms: lifeMs / 1000 * share + lifeMs % 1000 * share / 1000)
    }

    package func isUsable(at now: Timestamp) -> Bool { now < expiresAt }

    package func isDueForRefresh(at now: Timestamp) -> Bool { now >= refreshAt }

    /// `Authorization: Bearer …`. Reveals the token.
    package var headerLine: String {
        "Authorization: Bearer \(String(decoding: value.revealed, as: UTF8.self))"
    }
}
