import Glibc
import RelayCore
import RelayTesting
import Signing
import Testing

/// Every kind of source as it is written in a configuration, from its URL to Platform.
struct SourceKindTests {
    private static let secret = "a-secret-of-decent-length"
    private static let body = Samples.body(1)

    private func source(_ verify: JSONValue) -> JSONValue {
        ["kind": "generic", "verify": verify, "hooks": ["made": ["destination": "platform"]]]
    }

    private func post(
        _ relay: RelayUnderTest, _ path: String, _ headers: [String] = [], body: String = body
    ) throws -> RawResponse {
        let client = try relay.connect()
        client.post(path, Array(body.utf8), headers: headers)
        return try #require(client.response())
    }

    @Test func `a scheme with every parameter spelled out is followed to the letter`() throws {
        let verify: JSONValue = [
            "scheme": "hmac", "secrets": [.string("key:" + Hex.encode(Array(Self.secret.utf8)))],
            "header": "X-Sig", "prefix": "sig ", "separator": "comma", "element": "equals",
            "versions": ["s2"], "hash": "sha512", "encoding": "base64url", "keyEncoding": "hex",
            "keyPrefix": "key:", "content": "{id}|{timestamp}|{header:X-Shop}|{body}",
            "timestampHeader": "X-Time", "timestampUnit": "ms", "tolerance": "1d",
            "idHeader": "X-Id", "typeHeader": "X-Type",
        ]
        let key = try #require(HMACKey(Secret(text: Self.secret), hash: .sha512))
        try withRelay({ $0.extra["sources"] = ["shop": source(verify)] }) { relay, platform in
            relay.secrets.append(Self.secret)
            let milliseconds = time(nil) * 1000
            let content = "d1|\(milliseconds)|lisboa|\(Self.body)"
            let code = key.code(over: Array(content.utf8))
            let signature = Base64.encode(code, alphabet: .urlSafe, padded: false)
            let headers = [
                "x-time: \(milliseconds)", "x-shop: lisboa", "x-id: d1", "x-type: made",
                "x-sig: sig s1=AAAA, s2=\(signature)",
            ]
            #expect(try post(relay, "/hooks/shop/made", headers).status == 200)
            let again = try post(relay, "/hooks/shop/made", headers)
            #expect(try again.json()["duplicate"] == .bool(true))
            #expect(try post(relay, "/hooks/shop/made", Array(headers.dropLast())).status == 401)
            try platform.landed(atLeast: 1)
        }
    }

    @Test func `basic, bearer and token sources open to their secrets alone`() throws {
        let sources: JSONValue = [
            "basic": source([
                "scheme": "basic", "username": "ana", "passwords": [.string(Self.secret)],
            ]),
            "bearer": source(["scheme": "bearer", "tokens": [.string(Self.secret)]]),
            "token": source(["scheme": "token", "tokens": [.string(Self.secret)]]),
        ]
        try withRelay({ $0.extra["sources"] = sources }) { relay, platform in
            relay.secrets.append(Self.secret)
            let pair = Base64.encode(Array("ana:\(Self.secret)".utf8))
            let good = [
                try post(relay, "/hooks/basic/made", ["Authorization: Basic \(pair)"]),
                try post(relay, "/hooks/bearer/made", ["Authorization: Bearer \(Self.secret)"]),
                try post(relay, "/hooks/token/made/\(Self.secret)"),
            ]
            #expect(good.allSatisfy { $0.status == 200 })
            for kind in ["basic", "bearer"] {
                let answer = try post(relay, "/hooks/\(kind)/made")
                #expect(answer.status == 401)
                #expect(answer.header("WWW-Authenticate")?.lowercased().hasPrefix(kind) == true)
            }
            #expect(try post(relay, "/hooks/token/made").status == 404)
            try platform.landed(atLeast: 3)
        }
    }

    @Test func `a client of Platform changes the host and nothing else`() throws {
        let inlet: JSONValue = [
            "kind": "platform-inlet", "inletId": "abc123", "flowIds": ["flow-1"],
            "destination": "platform",
        ]
        try withRelay({ $0.extra["sources"] = ["dropin": inlet] }) { relay, platform in
            let single = try post(relay, "/collection/abc123?x-adobe-flow-id=flow-1")
            #expect(single.status == 200)
            #expect(try single.json()["xactionId"]?.string != nil)
            let batch = try post(
                relay, "/collection/batch/abc123", ["x-adobe-flow-id: flow-1"],
                body: "{\"messages\":[\(Self.body),\(Samples.body(2))]}")
            #expect(batch.status == 207)
            #expect(try batch.json()["responses"]?.array?.count == 2)
            #expect(try post(relay, "/collection/abc123").status == 400)
            try platform.landed(atLeast: 3)
            #expect(try relay.account().isBalanced)
        }
    }
}
