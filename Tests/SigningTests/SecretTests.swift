import Signing
import Testing

@Suite struct SecretTests {
    struct Holder {
        let name = "chatlio"
        let token = Secret(text: "hunter2")
    }

    @Test func `a secret shows itself nowhere`() {
        let secret = Secret(text: "hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        dump(Holder(), to: &dumped)
        dump(SecretDigest(of: secret), to: &dumped)
        let shown = [
            "\(secret)", secret.description, secret.debugDescription, String(reflecting: secret),
            "\([secret])", "\(Holder())", "\(Optional(secret) as Any)", dumped,
        ]
        let decimal = secret.revealed.map(String.init).joined(separator: ", ")
        for text in shown {
            #expect(text.contains("***"))
            #expect(!text.contains("hunter2"))
            #expect(!text.contains(decimal))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test func `secrets are equal by their bytes`() {
        #expect(Secret(text: "a") == Secret([0x61]))
        #expect(Secret(text: "a") != Secret(text: "b"))
        #expect(Secret(text: "a") != Secret(text: "aa"))
    }

    @Test func `a presented token is recognised by its digest`() {
        let known = SecretDigest(of: Secret(text: "token"))
        #expect(known.constantTimeEquals(SecretDigest(ofPresented: Array("token".utf8))))
        for wrong in ["", "toke", "tokem", "token ", "TOKEN"] {
            #expect(!known.constantTimeEquals(SecretDigest(ofPresented: Array(wrong.utf8))))
        }
    }

    @Test func `constant-time equality agrees with equality`() {
        #expect(ConstantTime.equal([], []))
        #expect(!ConstantTime.equal([], [0]))
        #expect(!ConstantTime.equal([1, 2], [1, 2, 0]))
        let bytes = [UInt8](0...63)
        #expect(ConstantTime.equal(bytes, bytes))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0x80
            #expect(!ConstantTime.equal(bytes, other))
        }
    }

    @Test func `random bytes have the asked length and do not repeat`() {
        #expect(SecureRandom.bytes(count: 0).isEmpty)
        let drawn = (0..<1000).map { _ in SecureRandom.bytes(count: 16) }
        #expect(drawn.allSatisfy { $0.count == 16 })
        #expect(Set(drawn).count == 1000)
    }
}
