internal import CCrypto

/// Bytes nobody can guess: tokens, keys, identifiers.
package enum SecureRandom {
    package static func bytes(count: Int) -> [UInt8] {
        precondition(count >= 0 && count <= Int(Int32.max), "count of random bytes out of range")
        guard count > 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            Libcrypto.require(unsafe RAND_bytes(buffer.baseAddress, Int32(count)), "RAND_bytes")
            initializedCount = count
        }
    }
}
