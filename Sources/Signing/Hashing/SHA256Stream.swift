/// SHA-256 of bytes that arrive in parts. Belongs to one thread or queue at a time.
package final class SHA256Stream {
    private let context = DigestContext()

    package init() {
        context.begin()
    }

    package func update(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe context.update($0) }
    }

    package func update(_ bytes: UnsafeRawBufferPointer) {
        unsafe context.update(bytes)
    }

    /// The digest of everything since the start or the last `finish`; begins anew.
    package func finish() -> SHA256Digest {
        defer { context.begin() }
        return context.finish()
    }
}
