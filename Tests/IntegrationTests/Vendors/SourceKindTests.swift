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
            // The time of this machine, as the relay itself tells it in an answer.
            let id = try #require(
                try EventIDProbe.sequence(of: relay, path: "/hooks/shop/made"))
            let code = key.code(over: Array("d1|\(id)|lisboa|\(Self.body)".utf8))
            let signature = Base64.encode(code, alphabet: .urlSafe, padded: false)
            let headers = [
                "x-time: \(id)", "x-shop: lisboa", "x-id: d1", "x-type: made",
                "x-sig: sig s1=AAAA, s2=\(signature)",
            ]
            #expect(try post(relay, "/hooks/shop/made", headers).status == 200)
            let again = try post(relay, "/hooks/shop/made", headers)
            #expect(try again.json()["duplicate"] == .bool(true))
            #expect(try post(relay, "/hooks/shop/made", Array(headers.dropLast())).status == 401)
            try platform.landed(atLeast: 1)
        }
    }
}
