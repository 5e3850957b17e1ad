/// The hashes a webhook signature may be built on.
///
/// SHA-1 is here for old senders only; a verifier should make its users ask for it by name.
package enum HashFunction: String, Sendable, CaseIterable {
    case sha1
    case sha256
    case sha512

    package var digestLengthBytes: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// The name under which libcrypto's default provider knows it.
    var libcryptoName: String {
        switch self {
        case .sha1: "SHA1"
        case .sha256: "SHA2-256"
        case .sha512: "SHA2-512"
        }
    }
}
