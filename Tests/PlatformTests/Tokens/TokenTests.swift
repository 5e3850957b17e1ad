import Platform
import RelayCore
import Signing
import Testing

/// Sections 7 and 8.1 of the contract.
struct TokenTests {
    private let endpoint = TokenEndpoint(
        url: "https://ims-na1.adobelogin.com/ims/token/v3", clientID: "id&1",
        clientSecret: Secret(text: "s3cret/+&"), scopes: ["openid", "AdobeID"])

    private func read(
        _ status: Int, _ body: String = "", retryAfter: String? = nil
    ) -> TokenAnswer {
        var random = SeededSource(seed: 3)
        return endpoint.read(
            PlatformAnswer(status: status, retryAfter: retryAfter, body: Array(body.utf8)),
            now: noon, using: &random)
    }

    @Test func `the request is a form with the secret in its body`() {
        let request = endpoint.request()
        #expect(request.url == "https://ims-na1.adobelogin.com/ims/token/v3")
        #expect(
            String(decoding: request.body, as: UTF8.self)
                == "grant_type=client_credentials&client_id=id%261&client_secret=s3cret%2F%2B%26"
                + "&scope=openid%2CAdobeID")
        #expect(request.headers.first == "Content-Type: application/x-www-form-urlencoded")
    }

    @Test(arguments: [
        (#""expires_in":86399"#, 86_399_000), (#""expires_in":86399992"#, 86_399_992),
        (#""expires_in":"86399""#, 86_399_000), (#""expires_in":"86399992""#, 86_399_992),
        (#""expires_in":5"#, 5000), (#""expires_in":0.5"#, 500), (#""expires_in":null"#, 3_600_000),
        (#""x":1"#, 3_600_000), (#""expires_in":864000"#, 864_000_000),
        (#""expires_in":864001"#, 864_001), (#""expires_in":1e300"#, 2_592_000_000),
    ])
    func `a token lives as long as it says, in seconds or milliseconds`(
        member: String, lifeMs: Int64
    ) {
        let body = #"{"access_token":"t","token_type":"bearer",\#(member)}"#
        guard case .token(let token) = read(200, body) else {
            Issue.record("no token")
            return
        }
        #expect(token.value == Secret(text: "t"))
        #expect(token.expiresAt == noon.adding(ms: lifeMs))
        #expect(token.isUsable(at: noon) && token.isUsable(at: noon.adding(ms: lifeMs - 1)))
        #expect(!token.isUsable(at: noon.adding(ms: lifeMs)))
        #expect(token.headerLine == "Authorization: Bearer t")
        #expect(!"\(token) \(String(reflecting: token))".contains("\"t\""))
    }

    @Test func `the refresh falls between 80 and 95 percent of the life, spread by chance`() {
        var random = SeededSource(seed: 9)
        var instants: Set<Int64> = []
        for _ in 0..<500 {
            let token = AccessToken(
                Secret(text: "t"), issuedAt: noon, lifeMs: 100_000, using: &random)
            let afterMs = token.refreshAt.millisecondsSince(noon)
            #expect((80_000...95_000).contains(afterMs))
            #expect(token.isDueForRefresh(at: token.refreshAt))
            #expect(!token.isDueForRefresh(at: token.refreshAt.adding(ms: -1)))
            instants.insert(afterMs)
        }
        #expect(instants.count > 50)
    }

    @Test(arguments: [
        "", "<html>", "{}", "[]", #"{"access_token":""}"#, #"{"access_token":7}"#,
        #"{"access_token":"a\r\nX: y","expires_in":9}"#, #"{"access_token":"a b","expires_in":9}"#,
        #"{"access_token":"hidden","expires_in":0}"#, #"{"access_token":"hidden","expires_in":-5}"#,
        #"{"access_token":"hidden","expires_in":"soon"}"#,
        #"{"access_token":"hidden","expires_in":{}}"#, #"{"access_token":"hidden","#,
        #"{"access_token":"hidden","expires_in":"nan"}"#,
    ])
    func `a 2xx without a usable token is asked again and not quoted`(body: String) {
        guard case .retry(.badResponse, nil, let message) = read(200, body) else {
            Issue.record("taken for a token: \(body)")
            return
        }
        #expect(!message.contains("hidden"))
    }

    @Test(arguments: [400, 401, 403, 404, 422])
    func `refused credentials wait for the operator`(status: Int) {
        let body =
            #"{"error":"invalid_client","error_description":"bad s3cret/+& or s3cret%2F%2B%26"}"#
        guard case .credentialRefused(let message) = read(status, body) else {
            Issue.record("not refused")
            return
        }
        #expect(
            message
                == "HTTP \(status) from the token endpoint: invalid_client: bad *** or ***")
    }

    @Test func `an unreadable refusal does not show the secret either`() {
        let padding = String(repeating: " ", count: 5000)
        guard case .credentialRefused(let message) = read(401, "\(padding)<p>s3cret/+&</p>") else {
            Issue.record("not refused")
            return
        }
        #expect(message == "HTTP 401 from the token endpoint: <p>***</p>")
    }

    @Test(arguments: [
        (429, ErrorClass.rateLimited), (500, .serverError), (502, .serverError),
        (503, .serverError), (504, .serverError), (408, .timeout), (302, .badResponse),
        (0, .badResponse),
    ])
    func `passing trouble is asked again`(status: Int, expected: ErrorClass) {
        guard case .retry(expected, 4000, _) = read(status, retryAfter: "4") else {
            Issue.record("not asked again")
            return
        }
    }

    @Test func `a 400 that passes by itself is no refusal`() {
        guard case .retry(.serverError, nil, _) = read(400, #"{"error":"temporarily_unavailable"}"#)
        else {
            Issue.record("refused")
            return
        }
    }
}
