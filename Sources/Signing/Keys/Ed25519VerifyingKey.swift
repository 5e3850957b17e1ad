/// The public half of an ed25519 pair (RFC 8032).
package struct Ed25519VerifyingKey: Sendable {
    package static let lengthBytes = 32

    private let handle: KeyHandle

    /// `nil` unless there are exactly 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.lengthBytes, let handle = KeyHandle.publicKey(bytes) else {
            return nil
        }
        self.handle = handle
    }

    /// `false` for a wrong signature and for bytes that are no signature at all.
    package func accepts(_ signature: [UInt8], over message: [UInt8]) -> Bool {
        guard signature.count == Ed25519SigningKey.signatureLengthBytes else { return false }
        return handle.accepts(signature, over: message)
    }
}
