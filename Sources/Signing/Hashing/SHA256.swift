internal import CCrypto

/// SHA-256 of bytes that are all at hand.
package enum SHA256 {
    package static func digest(_ bytes: [UInt8]) -> SHA256Digest {
        unsafe bytes.withUnsafeBytes { unsafe digest($0) }
    }

    package static func digest(_ bytes: Span<UInt8>) -> SHA256Digest {
        unsafe bytes.withUnsafeBytes { unsafe digest($0) }
    }

    package static func digest(_ bytes: UnsafeRawBufferPointer) -> SHA256Digest {
        let context = DigestContext.ofThisThread
        context.begin()
        unsafe context.update(bytes)
        return context.finish()
    }
}
