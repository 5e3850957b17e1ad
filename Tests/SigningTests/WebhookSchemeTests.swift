import Signing
import Testing

/// Whole signatures of the schemes that senders use, over one body; and the examples that Standard
/// Webhooks, GitHub and Slack publish.
@Suite struct WebhookSchemeTests {
    static let body = Array(
        (#"{"conversationUUID":"7b0f4c52-1d0e-4a53-9c6e-2f6a1b8d9e10","#
            + #""message":"Holá, is anyone there?"}"#).utf8)
    static let signedStandard = Array("msg_fixture_0001.1760000000.".utf8)

    func code(_ secret: Secret, _ parts: [UInt8]...) throws -> [UInt8] {
        try #require(HMACKey(secret)).code(overParts: parts)
    }

    let textKey = Secret(text: "fixture-shared-secret")

    @Test func `the body is the one the signatures were made for`() {
        #expect(Self.body.count == 95)
        #expect(
            SHA256.digest(Self.body).hex
                == "81e17f8a9a7da32e9c17eca8342503fdfbe97488037a39adfc1df3f7f91069f3")
    }

    @Test func `Standard Webhooks v1 signs with the decoded key`() throws {
        let key = try #require(Base64.decode("AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="))
        #expect(key == Array(1...32))
        let made = try code(Secret(key), Self.signedStandard, Self.body)
        #expect(Base64.encode(made) == "6RihRHut5P/AsCyrlPe6KrCpVtxP7jQOQowCu6hkHVA=")
    }

    @Test func `Standard Webhooks v1a signs with ed25519`() throws {
        let pair = try #require(
            Base64.decode(
                "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwfqSmxj4pxSCr71UHsTLsX5lUd2rr6+e5JC"
                    + "HuppFEbSLA=="))
        let publicKey = try #require(Base64.decode("6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw="))
        let signing = try #require(Ed25519SigningKey(Secret(pair)))
        #expect(signing.publicBytes == publicKey)
        let made = signing.sign(Self.signedStandard + Self.body)
        #expect(
            Base64.encode(made)
                == "niqgkNZi6T+CRK0Gw0q2spoEy+P4Qnz6Y4g6VIyb/k7dTgNfiKNBWK+QUEUwPe4xVeSFqa1CppWC"
                + "ZFX+y91nCQ==")
        let verifying = try #require(Ed25519VerifyingKey(publicKey))
        #expect(verifying.accepts(made, over: Self.signedStandard + Self.body))
    }

    @Test func `GitHub signs the body in hexadecimal`() throws {
        let made = try code(textKey, Self.body)
        #expect(
            Hex.encode(made)
                == "d7e15a731126132145ca38790063863f939990f2405a66724c8e517ed1826179")
    }

    @Test func `Shopify signs the body in base64`() throws {
        let made = try code(textKey, Self.body)
        #expect(Base64.encode(made) == "1+FacxEmEyFFyjh5AGOGP5OZkPJAWmZyTI5RftGCYXk=")
    }

    @Test func `Stripe signs time and body`() throws {
        let made = try code(textKey, Array("1760000000.".utf8), Self.body)
        #expect(
            Hex.encode(made)
                == "1dfbdf7377df3342b474576472d613634d7b4181b8ecb7e46816e9d9e53ddfe8")
    }

    @Test func `Slack signs version, time and body`() throws {
        let made = try code(textKey, Array("v0:1760000000:".utf8), Self.body)
        #expect(
            Hex.encode(made)
                == "5475afed00df3a8148ec8be398dbf6d1bd5d7774b22d03c3e080933ea86f6f12")
    }

    @Test func `the example published by Standard Webhooks comes out`() throws {
        let key = try #require(Base64.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        let signed = #"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#
        let made = try code(Secret(key), Array(signed.utf8))
        #expect(Base64.encode(made) == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
    }

    @Test func `the example published by GitHub comes out`() throws {
        let made = try code(
            Secret(text: "It's a Secret to Everybody"), Array("Hello, World!".utf8))
        #expect(
            Hex.encode(made)
                == "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")
    }
}
