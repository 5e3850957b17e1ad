internal import CCrypto

/// Comparison whose duration says nothing about where two values differ.
package enum ConstantTime {
    /// Unequal lengths are unequal at once: lengths of codes and digests are no secret. Where the
    /// length itself is one (tokens, passwords), compare `SecretDigest`s.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return unsafe CRYPTO_memcmp(left, right, left.count) == 0
    }
}
