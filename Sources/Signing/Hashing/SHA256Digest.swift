/// The 32 bytes of a SHA-256, held inline so that making one allocates nothing.
///
/// `==` stops at the first difference: right for duplicate keys and checksums, wrong for secrets.
/// Secrets have `SecretDigest`.
package struct SHA256Digest: Sendable, Hashable {
    package static let lengthBytes = 32

    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// `fill` must write all 32 bytes.
    init(filledBy fill: (UnsafeMutableRawBufferPointer) -> Void) {
        unsafe withUnsafeMutableBytes(of: &words) { unsafe fill($0) }
    }

    /// Reads back a stored digest; `nil` unless it has exactly 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.lengthBytes else { return nil }
        unsafe self.init { unsafe $0.copyBytes(from: bytes) }
    }

    package var bytes: [UInt8] {
        unsafe withUnsafeBytes(of: words) { unsafe [UInt8]($0) }
    }

    package var hex: String { Hex.encode(bytes) }

    package static func == (left: SHA256Digest, right: SHA256Digest) -> Bool {
        left.words == right.words
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(words.0)
        hasher.combine(words.1)
        hasher.combine(words.2)
        hasher.combine(words.3)
    }
}
