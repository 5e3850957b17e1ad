import PlatformSimulator
import RelayCore
import RelayTesting
import Signing
import Testing

struct AuthenticationTests {
    private let platform = LocalPlatform(requiresAuthentication: true)

    @Test func `a request without a token gets Adobe's 401, its status a string`() {
        let reply = platform.send("{}")
        #expect(reply.status == 401)
        #expect(reply.at("/status") == "401")
        #expect(reply.at("/title") == "Authorization")
        #expect(
            reply.at("/type")?.string
                == "https://ns.adobe.com/adobecloud/problem/data-collection-service-authorization")
        #expect(
            reply.at("/report/message")
                == .string("[\(BuiltIn.inletID)] Ims service token is empty"))
    }

    @Test func `a valid token opens the inlet, with Bearer or bare`() throws {
        let token = platform.token()
        #expect(platform.send("{}", headers: ["Authorization": "Bearer \(token)"]).status == 200)
        #expect(platform.send("{}", headers: ["Authorization": token]).status == 200)
        #expect(platform.simulator.landed().map(\.isAuthenticated) == [true, true])
    }

    @Test func `a token dies with its time`() {
        let headers = ["Authorization": "Bearer \(platform.token())"]
        platform.clock.advance(ms: 86_398_999)
        #expect(platform.send("{}", headers: headers).status == 200)
        platform.clock.advance(ms: 1)
        #expect(platform.send("{}", headers: headers).status == 401)
    }

    @Test func `revoked tokens can be made to be answered 403`() {
        let headers = ["Authorization": "Bearer \(platform.token())"]
        platform.simulator.revokeTokens()
        #expect(platform.send("{}", headers: headers).status == 401)
        platform.simulator.settings.refusedTokenStatus = 403
        #expect(platform.send("{}", headers: headers).status == 403)
    }

    @Test func `an open inlet takes a bad token and says that it proves nothing`() throws {
        let open = LocalPlatform()
        #expect(open.send("{}", headers: ["Authorization": "Bearer wrong"]).status == 200)
        #expect(open.simulator.landed().first?.isAuthenticated == false)
    }

    @Test func `a token of another organisation does not open the inlet`() {
        var inlet = Inlet(id: "cafe")
        inlet.requiresAuthentication = true
        inlet.organisation = "OTHER@AdobeOrg"
        platform.simulator.add(inlet)
        let headers = ["Authorization": "Bearer \(platform.token())"]
        #expect(platform.send("{}", to: "/collection/cafe", headers: headers).status == 401)
    }

    @Test(arguments: [Inlet.SignatureCheck.Encoding.hex, .base64])
    func `a signed inlet takes only bodies signed over every byte`(
        encoding: Inlet.SignatureCheck.Encoding
    ) throws {
        let platform = LocalPlatform()
        var inlet = Inlet(id: "feed")
        inlet.signature = Inlet.SignatureCheck(secret: Secret(text: "s"), encoding: encoding)
        platform.simulator.add(inlet)
        let key = try #require(HMACKey(Secret(text: "s")))
        let code = key.code(over: Array("{}".utf8))
        let text = encoding == .hex ? Hex.encode(code) : Base64.encode(code)
        func status(_ body: String, _ signature: String?) -> Int {
            let headers = signature.map { ["x-hmac-sha256": $0] } ?? [:]
            return platform.send(body, to: "/collection/feed", headers: headers).status
        }
        #expect(status("{}", text) == 200)
        #expect(status("{} ", text) == 401)
        #expect(status("{}", nil) == 401)
        platform.simulator.settings.refusedSignatureStatus = 403
        #expect(status("{}", "nonsense") == 403)
    }
}
