package import Signing

/// The keys of one source, several during a change. At least one, none empty.
package struct SigningKeys: Sendable {
    let shared: [HMACKey]
    let verifying: [Ed25519VerifyingKey]

    /// Nil when a secret is empty or there is no key at all.
    package init?(
        secrets: [Secret], hash: HashFunction = .sha256, publicKeys: [[UInt8]] = []
    ) {
        shared = secrets.compactMap { HMACKey($0, hash: hash) }
        verifying = publicKeys.compactMap(Ed25519VerifyingKey.init)
        guard shared.count == secrets.count, verifying.count == publicKeys.count,
            shared.count + verifying.count > 0
        else { return nil }
    }
}
