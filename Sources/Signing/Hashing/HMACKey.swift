internal import CCrypto

/// A key made ready for HMAC: the padded key is hashed once, each code starts from a copy of that.
// Sendable: `prepared` is only ever read (copied) after `init`; each code works on its own copy.
@safe
package final class HMACKey: @unchecked Sendable {
    package let hash: HashFunction

    /// Owned: made in `init`, freed in `deinit`.
    private let prepared: OpaquePointer

    /// `nil` for an empty key: it would sign, and anybody could forge it.
    package init?(_ secret: Secret, hash: HashFunction = .sha256) {
        guard !secret.isEmpty else { return nil }
        self.hash = hash
        unsafe prepared = Libcrypto.require(
            EVP_MAC_CTX_new(MACAlgorithm.hmac.pointer), "EVP_MAC_CTX_new")
        let status = unsafe Self.load(secret.revealed, hash: hash, into: prepared)
        Libcrypto.require(status, "EVP_MAC_init")
    }

    deinit {
        unsafe EVP_MAC_CTX_free(prepared)
    }

    package func code(over message: [UInt8]) -> [UInt8] {
        code(overParts: [message])
    }

    /// The code of the parts one after the other, without joining them first.
    package func code(overParts parts: [[UInt8]]) -> [UInt8] {
        let context = unsafe Libcrypto.require(EVP_MAC_CTX_dup(prepared), "EVP_MAC_CTX_dup")
        defer { unsafe EVP_MAC_CTX_free(context) }
        for part in parts where !part.isEmpty {
            let status = unsafe EVP_MAC_update(context, part, part.count)
            Libcrypto.require(status, "EVP_MAC_update")
        }
        let length = hash.digestLengthBytes
        return unsafe [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
            let status = unsafe EVP_MAC_final(context, buffer.baseAddress, &count, length)
            Libcrypto.require(status, "EVP_MAC_final")
        }
    }

    /// Whether `code` is the full code of the message; a shortened code never matches.
    package func matches(_ code: [UInt8], over message: [UInt8]) -> Bool {
        matches(code, overParts: [message])
    }

    package func matches(_ code: [UInt8], overParts parts: [[UInt8]]) -> Bool {
        ConstantTime.equal(code, self.code(overParts: parts))
    }

    private static func load(
        _ key: [UInt8], hash: HashFunction, into context: OpaquePointer
    ) -> Int32 {
        // The parameters hold both pointers until `EVP_MAC_init` has read them.
        let parameter = Array(OSSL_MAC_PARAM_DIGEST.utf8CString)
        var name = Array(hash.libcryptoName.utf8CString)
        return unsafe parameter.withUnsafeBufferPointer { parameter in
            unsafe name.withUnsafeMutableBufferPointer { name in
                let parameters = unsafe [
                    OSSL_PARAM_construct_utf8_string(parameter.baseAddress, name.baseAddress, 0),
                    OSSL_PARAM_construct_end(),
                ]
                return unsafe EVP_MAC_init(context, key, key.count, parameters)
            }
        }
    }
}
