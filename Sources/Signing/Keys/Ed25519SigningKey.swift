/// The private half of an ed25519 pair (RFC 8032).
package struct Ed25519SigningKey: Sendable {
    package static let seedLengthBytes = 32
    package static let signatureLengthBytes = 64

    private let handle: KeyHandle

    /// Takes the 32-byte seed, or the 64-byte form in which Standard Webhooks' `whsk_` keys are
    /// written: the seed followed by its public key. `nil` for another length, or when the two
    /// halves do not belong together.
    package init?(_ secret: Secret) {
        let bytes = secret.revealed
        guard bytes.count == Self.seedLengthBytes || bytes.count == 2 * Self.seedLengthBytes,
            let handle = KeyHandle.privateKey(seed: Array(bytes.prefix(Self.seedLengthBytes)))
        else { return nil }
        let claimedPublic = Array(bytes.dropFirst(Self.seedLengthBytes))
        guard claimedPublic.isEmpty || claimedPublic == handle.publicBytes else { return nil }
        self.handle = handle
    }

    package static func generate() -> Ed25519SigningKey {
        let seed = Secret(SecureRandom.bytes(count: seedLengthBytes))
        guard let key = Ed25519SigningKey(seed) else {
            preconditionFailure("libcrypto refused a 32-byte ed25519 seed")
        }
        return key
    }

    package var publicBytes: [UInt8] { handle.publicBytes }

    package func sign(_ message: [UInt8]) -> [UInt8] {
        handle.sign(message)
    }
}
