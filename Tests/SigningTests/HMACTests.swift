import Dispatch
import Signing
import Synchronization
import Testing

/// The seven cases of RFC 4231, and one of RFC 2202 for SHA-1.
@Suite struct HMACTests {
    struct Case: Sendable {
        let key: [UInt8]
        let message: [UInt8]
        let sha256: String
        let sha512: String
    }

    static let longKey = [UInt8](repeating: 0xaa, count: 131)
    static let cases = [
        Case(
            key: [UInt8](repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            sha256: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            sha512: "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"),
        Case(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            sha256: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            sha512: "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"),
        Case(
            key: [UInt8](repeating: 0xaa, count: 20),
            message: [UInt8](repeating: 0xdd, count: 50),
            sha256: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            sha512: "fa73b0089d56a284efb0f0756c890be9b1b5dbdd8ee81a3655f83e33b2279d39"
                + "bf3e848279a722c806b485a47e67c807b946a337bee8942674278859e13292fb"),
        Case(
            key: Array(1...25), message: [UInt8](repeating: 0xcd, count: 50),
            sha256: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            sha512: "b0ba465637458c6990e5a8c5f61d4af7e576d97ff94b872de76f8050361ee3db"
                + "a91ca5c11aa25eb4d679275cc5788063a5f19741120c4f2de2adebeb10a298dd"),
        Case(
            key: longKey,
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            sha256: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            sha512: "80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"),
        Case(
            key: longKey,
            message: Array(
                ("This is a test using a larger than block-size key and a larger than "
                    + "block-size data. The key needs to be hashed before being used by the "
                    + "HMAC algorithm.").utf8),
            sha256: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            sha512: "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944"
                + "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"),
    ]

    @Test(arguments: cases)
    func `the published codes come out`(example: Case) throws {
        let sha256 = try #require(HMACKey(Secret(example.key)))
        let sha512 = try #require(HMACKey(Secret(example.key), hash: .sha512))
        #expect(Hex.encode(sha256.code(over: example.message)) == example.sha256)
        #expect(Hex.encode(sha512.code(over: example.message)) == example.sha512)
    }

    @Test func `a code over sha1 matches RFC 2202`() throws {
        let key = try #require(HMACKey(Secret(text: "Jefe"), hash: .sha1))
        let code = key.code(over: Array("what do ya want for nothing?".utf8))
        #expect(Hex.encode(code) == "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79")
    }

    @Test func `a shortened code never matches`() throws {
        // RFC 4231 case 5 publishes only the first 128 bits.
        let key = try #require(HMACKey(Secret([UInt8](repeating: 0x0c, count: 20))))
        let message = Array("Test With Truncation".utf8)
        let short = try #require(Hex.decode("a3b6167473100ee06e0c796c2955552b"))
        #expect(Array(key.code(over: message).prefix(16)) == short)
        #expect(!key.matches(short, over: message))
        #expect(!key.matches([], over: message))
        #expect(key.matches(key.code(over: message), over: message))
    }

    @Test(arguments: HashFunction.allCases)
    func `parts give the code of the whole`(hash: HashFunction) throws {
        let key = try #require(HMACKey(Secret(text: "key"), hash: hash))
        let whole = key.code(over: Array("id.1760000000.body".utf8))
        let parts = ["id", ".", "1760000000", "", ".", "body"].map { Array($0.utf8) }
        #expect(key.code(overParts: parts) == whole)
        #expect(whole.count == hash.digestLengthBytes)
        #expect(key.code(overParts: []) == key.code(overParts: [[], []]))
    }

    @Test func `an empty key is no key`() {
        #expect(HMACKey(Secret([])) == nil)
        #expect(HMACKey(Secret(text: ""), hash: .sha512) == nil)
    }

    @Test func `one key serves many threads at once`() throws {
        let key = try #require(HMACKey(Secret(text: "shared")))
        let expected = (0..<32).map { key.code(over: [UInt8](repeating: $0, count: 500)) }
        let wrong = Atomic<Int>(0)
        DispatchQueue.concurrentPerform(iterations: 32) { worker in
            let message = [UInt8](repeating: UInt8(worker), count: 500)
            for _ in 0..<300 where !key.matches(expected[worker], over: message) {
                wrong.add(1, ordering: .relaxed)
            }
        }
        #expect(wrong.load(ordering: .relaxed) == 0)
    }
}
