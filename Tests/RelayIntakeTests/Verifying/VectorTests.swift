import HTTPServer
import RelayCore
import RelayIntake
import Signing
import Testing

/// Signatures that others have published or computed; a scheme that only agrees with itself
/// passes none of these.
@Suite struct VectorTests {
    @Test(arguments: Vendor.allCases)
    func `the vector of each vendor is accepted`(vendor: Vendor) throws {
        #expect(try vendor.verifier().accepts(vendor.headers))
    }

    @Test(arguments: Vendor.allCases)
    func `our own signature of the same request is the vector`(vendor: Vendor) throws {
        #expect(vendor.signed(Vendor.body) == vendor.headers)
    }

    @Test func `standard webhooks v1a is accepted with the public key alone`() throws {
        let scheme = try #require(
            SignatureScheme.standardWebhooks(
                secrets: [], publicKeys: [try publicKey], tolerance: .seconds(300)))
        let verifier = RequestVerifier.signature(scheme)
        #expect(verifier.accepts(Vendor.standardWebhooks.headers(signature: Self.asymmetric)))
        #expect(!verifier.accepts(Vendor.standardWebhooks.headers))
        let other = Array(Vendor.body.reversed())
        #expect(
            !verifier.accepts(Vendor.standardWebhooks.headers(signature: Self.asymmetric), other))
    }

    @Test func `v1 and v1a stand side by side during a change`() throws {
        let scheme = try #require(
            SignatureScheme.standardWebhooks(
                secrets: [Secret(text: Vendor.standardSecret)], publicKeys: [try publicKey],
                tolerance: .seconds(300)))
        let verifier = RequestVerifier.signature(scheme)
        let vendor = Vendor.standardWebhooks
        #expect(verifier.accepts(vendor.headers))
        #expect(verifier.accepts(vendor.headers(signature: Self.asymmetric)))
        let wrongThenRight = "v1,AAAA \(Self.asymmetric)"
        #expect(verifier.accepts(vendor.headers(signature: wrongThenRight)))
        // The code of one kind under the name of the other proves nothing.
        let swapped = "v1a," + vendor.signature.dropFirst(3)
        #expect(!verifier.accepts(vendor.headers(signature: swapped)))
    }

    @Test func `the vector of the standard webhooks libraries is accepted`() throws {
        let verifier = try Vendor.standardWebhooks.verifier(
            secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"])
        let headers = [
            HeaderField(name: "webhook-id", value: "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            HeaderField(name: "webhook-timestamp", value: "1614265330"),
            HeaderField(
                name: "webhook-signature",
                value: "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ]
        let sender = verifier.sender(
            headers, Array(#"{"test": 2432232314}"#.utf8),
            at: Timestamp(milliseconds: 1_614_265_330_000))
        #expect(sender?.deliveryID == "msg_p5jXN8AQM9LWM0D4loKWxJek")
    }

    @Test func `the vector of GitHub's documentation is accepted`() throws {
        let verifier = try Vendor.github.verifier(secrets: ["It's a Secret to Everybody"])
        let code = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        let headers = [HeaderField(name: "X-Hub-Signature-256", value: "sha256=" + code)]
        #expect(verifier.accepts(headers, Array("Hello, World!".utf8)))
    }

    @Test func `the vector of Slack's documentation is accepted`() throws {
        let verifier = try Vendor.slack.verifier(secrets: ["8f742231b10e8888abcd99yyyzzz85a5"])
        let body =
            "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow"
            + "&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner"
            + "&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
            + "%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
            + "&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
        let headers = [
            HeaderField(name: "X-Slack-Request-Timestamp", value: "1531420618"),
            HeaderField(
                name: "X-Slack-Signature",
                value: "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"),
        ]
        #expect(
            verifier.accepts(
                headers, Array(body.utf8), at: Timestamp(milliseconds: 1_531_420_618_000)))
    }

    private static let asymmetric =
        "v1a,niqgkNZi6T+CRK0Gw0q2spoEy+P4Qnz6Y4g6VIyb/k7dTgNfiKNBWK+QUEUwPe4xVeSFqa1CppWCZFX+"
        + "y91nCQ=="

    private var publicKey: [UInt8] {
        get throws {
            try #require(Base64.decode("6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw="))
        }
    }
}
