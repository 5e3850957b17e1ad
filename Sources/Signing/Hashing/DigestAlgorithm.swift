internal import CCrypto

/// An algorithm fetched from libcrypto once for the whole run; fetching it by name for every digest
/// costs more than hashing a small body.
// Sendable: an EVP_MD never changes after the fetch; libcrypto counts its references atomically.
@safe
final class DigestAlgorithm: @unchecked Sendable {
    static let sha256 = DigestAlgorithm(.sha256)

    /// Kept alive by this object, which lives as long as the process.
    let pointer: OpaquePointer

    private init(_ hash: HashFunction) {
        unsafe pointer = Libcrypto.require(
            EVP_MD_fetch(nil, hash.libcryptoName, nil), "EVP_MD_fetch")
    }

    deinit {
        unsafe EVP_MD_free(pointer)
    }
}
