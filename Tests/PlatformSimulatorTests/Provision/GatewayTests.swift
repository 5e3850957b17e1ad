import PlatformSimulator
import RelayCore
import Testing

struct GatewayTests {
    private let platform = LocalPlatform()
    private static let target = "/data/foundation/flowservice/flows"

    private func headers(without name: String = "", _ changes: [String: String] = [:])
        -> [String: String]
    {
        var headers = LocalPlatform.gatewayHeaders
        headers["Authorization"] = "Bearer \(platform.token())"
        for (key, value) in changes { headers[key] = value }
        headers[name] = nil
        return headers
    }

    @Test(arguments: [
        ("Authorization", 403, "403010"), ("x-api-key", 403, "403000"),
        ("x-gw-ims-org-id", 400, "400003"),
    ])
    func `each header is required, under its own code`(name: String, status: Int, code: String) {
        let reply = platform.ask("GET", Self.target, headers: headers(without: name))
        #expect(reply.status == status)
        #expect(reply.at("/error_code")?.string == code)
    }

    @Test func `the sandbox must be named and known`() {
        let unnamed = platform.ask("GET", Self.target, headers: headers(without: "x-sandbox-name"))
        #expect(unnamed.at("/errorCode") == "2105-400")
        let unknown = platform.ask(
            "GET", Self.target, headers: headers(["x-sandbox-name": "other"]))
        #expect(unknown.at("/errorCode") == "2100-404")
    }

    @Test(arguments: [
        ("Authorization", "Bearer wrong", "401013"), ("x-api-key", "wrong", "403003"),
        ("x-gw-ims-org-id", "wrong", "403025"),
    ])
    func `wrong credentials have a code each`(name: String, value: String, code: String) {
        let reply = platform.ask("GET", Self.target, headers: headers([name: value]))
        #expect(reply.at("/error_code")?.string == code)
    }

    @Test func `a body without a content type is refused`() {
        let reply = platform.ask(
            "POST", Self.target, "{}", headers: headers(without: "Content-Type"))
        #expect(reply.status == 400)
        #expect(reply.at("/detail") == "A valid content-type must be specified")
    }

    @Test func `a body that is not JSON is refused`() {
        #expect(platform.ask("POST", Self.target, "{", headers: headers()).status == 400)
    }

    @Test func `what does not exist is 404`() {
        #expect(platform.call("GET", "flowservice/nonsense").status == 404)
        #expect(platform.ask("GET", "/nowhere").status == 404)
    }
}
