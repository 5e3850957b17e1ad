import Dispatch
import Signing
import Synchronization
import Testing

/// Messages and digests of FIPS 180-2 appendix B and NIST's SHA-256 examples.
@Suite struct SHA256Tests {
    static let published: [(message: String, digest: String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
        (
            String(repeating: "a", count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        ),
    ]

    @Test(arguments: published)
    func `the published digests come out`(message: String, digest: String) {
        #expect(SHA256.digest(Array(message.utf8)).hex == digest)
    }

    @Test(arguments: published)
    func `parts give the digest of the whole`(message: String, digest: String) {
        let bytes = Array(message.utf8)
        let stream = SHA256Stream()
        for length in [1, 63, 64, 65, 997] {
            for start in stride(from: 0, to: bytes.count, by: max(length, bytes.count / 50)) {
                let end = min(start + max(length, bytes.count / 50), bytes.count)
                stream.update(Array(bytes[start..<end]))
            }
            #expect(stream.finish().hex == digest)
        }
    }

    @Test func `a span and a raw buffer give the same digest as an array`() {
        let bytes = Array("abc".utf8)
        #expect(SHA256.digest(bytes.span) == SHA256.digest(bytes))
        #expect(unsafe bytes.withUnsafeBytes { unsafe SHA256.digest($0) } == SHA256.digest(bytes))
    }

    @Test func `an empty buffer without an address is the empty message`() {
        let nothing = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        #expect(unsafe SHA256.digest(nothing) == SHA256.digest([]))
    }

    @Test func `a stored digest reads back only at its full length`() {
        let digest = SHA256.digest([1])
        #expect(SHA256Digest(digest.bytes) == digest)
        #expect(SHA256Digest(digest.bytes.dropLast()) == nil)
        #expect(SHA256Digest(digest.bytes + [0]) == nil)
    }

    @Test func `digests differ when any byte of them differs`() {
        let bytes = SHA256.digest([1]).bytes
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 1
            #expect(SHA256Digest(bytes) != SHA256Digest(other))
        }
    }

    @Test func `many threads digest at once without mixing`() {
        let wrong = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 64) { worker in
            let body = [UInt8](repeating: UInt8(worker), count: 100 + worker * 37)
            let stream = SHA256Stream()
            stream.update(body)
            let expected = stream.finish()
            for _ in 0..<500 where SHA256.digest(body) != expected {
                wrong.add(1, ordering: .relaxed)
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }
}
