internal import CCrypto

/// Owns one ed25519 key inside libcrypto.
// Sendable: an EVP_PKEY is not changed after `init`; each signing or check has its own context.
@safe
final class KeyHandle: @unchecked Sendable {
    /// Owned: made before `init`, freed in `deinit`; used only inside `use`.
    private let key: OpaquePointer

    private init(owning key: OpaquePointer) {
        unsafe self.key = unsafe key
    }

    deinit {
        unsafe EVP_PKEY_free(key)
    }

    /// `nil` when libcrypto does not take the bytes as a key.
    static func privateKey(seed: [UInt8]) -> KeyHandle? {
        let key = unsafe EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nil, seed, seed.count)
        return unsafe key.map { unsafe KeyHandle(owning: $0) }
    }

    static func publicKey(_ bytes: [UInt8]) -> KeyHandle? {
        let key = unsafe EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nil, bytes, bytes.count)
        return unsafe key.map { unsafe KeyHandle(owning: $0) }
    }

    var publicBytes: [UInt8] {
        var length = Ed25519VerifyingKey.lengthBytes
        var bytes = [UInt8](repeating: 0, count: length)
        let status = unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &length)
        Libcrypto.require(status, "EVP_PKEY_get_raw_public_key")
        return bytes
    }

    func sign(_ message: [UInt8]) -> [UInt8] {
        let context = unsafe Libcrypto.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        defer { unsafe EVP_MD_CTX_free(context) }
        Libcrypto.require(
            unsafe EVP_DigestSignInit(context, nil, nil, nil, key), "EVP_DigestSignInit")
        var length = Ed25519SigningKey.signatureLengthBytes
        var signature = [UInt8](repeating: 0, count: length)
        let status = unsafe EVP_DigestSign(context, &signature, &length, message, message.count)
        Libcrypto.require(status, "EVP_DigestSign")
        return signature
    }

    func accepts(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        let context = unsafe Libcrypto.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
        defer { unsafe EVP_MD_CTX_free(context) }
        Libcrypto.require(
            unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key), "EVP_DigestVerifyInit")
        let status = unsafe EVP_DigestVerify(
            context, signature, signature.count, message, message.count)
        return status == 1
    }
}
