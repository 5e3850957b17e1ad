internal import CCrypto

/// HMAC as fetched from libcrypto once for the whole run.
// Sendable: an EVP_MAC never changes after the fetch; libcrypto counts its references atomically.
@safe
final class MACAlgorithm: @unchecked Sendable {
    static let hmac = MACAlgorithm()

    /// Kept alive by this object, which lives as long as the process.
    let pointer: OpaquePointer

    private init() {
        unsafe pointer = Libcrypto.require(EVP_MAC_fetch(nil, "HMAC", nil), "EVP_MAC_fetch")
    }

    deinit {
        unsafe EVP_MAC_free(pointer)
    }
}
