package import RelayCore

/// What an answer of the token endpoint comes to.
package enum TokenAnswer: Sendable {
    case token(AccessToken)
    /// The credentials, the scopes or the address are wrong: wait for the operator. The message
    /// holds no secret.
    case credentialRefused(message: String)
    /// Try again; a token that has not expired serves meanwhile.
    case retry(ErrorClass, retryAfterMs: Int64?, message: String)
}
