import Platform
import RelayCore
import Signing
import Testing

struct RequestTests {
    private func inlet(_ url: String = "https://dcs.adobedc.net/collection/abc") -> PlatformInlet {
        PlatformInlet(inletURL: url, flowID: "flow-1")
    }

    private func token(_ text: String) -> AccessToken {
        var random = SeededSource(seed: 1)
        return AccessToken(Secret(text: text), issuedAt: noon, lifeMs: 1000, using: &random)
    }

    @Test func `a raw message names its flow in a header`() {
        let request = RequestBuilder(inlet()).single(Sample.message("{}"))
        #expect(request.url == "https://dcs.adobedc.net/collection/abc")
        #expect(
            request.headers == ["Content-Type: application/json", "x-adobe-flow-id: flow-1"])
    }

    @Test func `sandbox, extra headers and token are added, ours give way to the operator's`() {
        var inlet = inlet()
        inlet.sandboxName = "prod"
        inlet.extraHeaders = [
            ("x-gw-ims-org-id", "o@AdobeOrg"), ("X-Adobe-Flow-Id", "mine"),
            ("authorization", "Basic x"),
        ]
        let request = RequestBuilder(inlet, token: token("t")).single(Sample.message("{}"))
        #expect(
            request.headers == [
                "Content-Type: application/json", "x-sandbox-name: prod",
                "x-gw-ims-org-id: o@AdobeOrg", "X-Adobe-Flow-Id: mine", "Authorization: Bearer t",
            ])
    }

    @Test func `an authorization of the operator's own stays where no token is used`() {
        var inlet = inlet()
        inlet.flowID = nil
        inlet.extraHeaders = [("Authorization", "Basic x")]
        let request = RequestBuilder(inlet).single(Sample.message("{}"))
        #expect(request.headers == ["Content-Type: application/json", "Authorization: Basic x"])
    }

    @Test func `a batch is the stamped messages in order between brackets`() {
        let request = RequestBuilder(inlet()).batch([
            Sample.message(#"{"n":1}"#), Sample.message("[2]"), Sample.message("{ }", attempt: 3),
        ])
        #expect(request.url == "https://dcs.adobedc.net/collection/batch/abc")
        #expect(
            Sample.text(request)
                == #"{"messages":[{"n":1,"# + Sample.stamp() + "},[2],{"
                + Sample.stamp(attempt: 3) + " }]}")
    }

    @Test func `one message goes to the inlet itself, several to the batch address`() {
        let builder = RequestBuilder(inlet())
        #expect(!builder.request(for: [Sample.message("{}")]).url.contains("/batch/"))
        #expect(
            builder.request(for: [Sample.message("{}"), Sample.message("{}")]).url
                .contains("/batch/"))
    }

    @Test(arguments: [
        ("https://h/collection/abc", "https://h/collection/abc", "https://h/collection/batch/abc"),
        (
            "https://h/collection/abc?x-adobe-flow-id=f",
            "https://h/collection/abc?x-adobe-flow-id=f",
            "https://h/collection/batch/abc?x-adobe-flow-id=f"
        ),
        (
            "https://h/collection/batch/abc", "https://h/collection/abc",
            "https://h/collection/batch/abc"
        ),
        (
            "https://h/a?u=/collection/x", "https://h/a?u=/collection/x",
            "https://h/batch/a?u=/collection/x"
        ),
        ("http://h:80/in/abc", "http://h:80/in/abc", "http://h:80/in/batch/abc"),
        (
            "https://h/collection/p/collection/abc", "https://h/collection/p/collection/abc",
            "https://h/collection/p/collection/batch/abc"
        ),
    ])
    func `both addresses follow from the inlet's`(given: String, single: String, batch: String) {
        #expect(InletURL.single(from: given) == single)
        #expect(InletURL.batch(from: given) == batch)
    }

    /// RFC 4231, test case 2, and its base64 form.
    @Test(arguments: [
        (
            BodySigning.Encoding.hex,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (.base64, "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM="),
    ])
    func `the signature covers the exact bytes`(encoding: BodySigning.Encoding, code: String) {
        var inlet = inlet()
        inlet.stamp = false
        inlet.extraHeaders = [("X-HMAC-SHA256", "forged")]
        inlet.signing = BodySigning(secret: Secret(text: "Jefe"), encoding: encoding)
        let message = Sample.message("what do ya want for nothing?")
        let request = RequestBuilder(inlet).single(message)
        #expect(request.headers.last == "x-hmac-sha256: \(code)")
        #expect(request.headers.count == 3)
    }

    @Test func `the signature covers the stamp and the envelope of a batch`() throws {
        let secret = Secret(text: "shared")
        var inlet = inlet()
        inlet.signing = BodySigning(secret: secret, encoding: .hex)
        let request = RequestBuilder(inlet).batch([Sample.message("{}"), Sample.message("{}")])
        let code = try #require(HMACKey(secret)).code(over: request.body)
        #expect(request.headers.last == "x-hmac-sha256: \(Hex.encode(code))")
        #expect(BodySigning(secret: Secret(text: ""), encoding: .hex) == nil)
    }

    @Test func `a request does not show what is in it`() {
        let request = RequestBuilder(inlet(), token: token("t0ken")).single(
            Sample.message(#"{"visitor":"ann"}"#))
        var dumped = "\(request) \(String(reflecting: request))"
        dump(request, to: &dumped)
        #expect(!dumped.contains("t0ken"))
        #expect(!dumped.contains("ann"))
    }
}
