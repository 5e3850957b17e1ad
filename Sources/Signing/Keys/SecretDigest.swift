/// The SHA-256 of a secret: what a program keeps to recognise a token without holding the token.
///
/// All digests have one length, so comparing them hides the length of the secret as well.
package struct SecretDigest: Sendable {
    private let digest: SHA256Digest

    package init(of secret: Secret) {
        digest = SHA256.digest(secret.revealed)
    }

    /// For what a caller presents: bytes that may or may not be the secret.
    package init(ofPresented bytes: [UInt8]) {
        digest = SHA256.digest(bytes)
    }

    package func constantTimeEquals(_ other: SecretDigest) -> Bool {
        ConstantTime.equal(digest.bytes, other.digest.bytes)
    }
}

extension SecretDigest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
