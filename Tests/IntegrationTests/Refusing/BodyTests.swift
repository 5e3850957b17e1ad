import RelayCore
import RelayTesting
import Testing

struct BodyTests {
    @Test func `the same body again is answered with the first id and not delivered`() throws {
        try withRelay { relay, platform in
            let first = try relay.post(Samples.body(1))
            let second = try relay.post(Samples.body(1))
            #expect(second.status == 200)
            #expect(try second.json()["id"] == first.json()["id"])
            #expect(try second.json()["duplicate"] == true)
            let elsewhere = try relay.post(Samples.body(1), hook: "feedback")
            #expect(try elsewhere.json()["duplicate"] == nil)
            try platform.landed(atLeast: 2)
            try relay.list(state: "delivered", count: 2)
            #expect(try platform.landed().count == 2)
        }
    }

    @Test func `a repeat is recognised after a restart`() throws {
        try withRelay { relay, _ in
            let first = try relay.post(Samples.body(1)).json()["id"]
            try relay.kill()
            try relay.start()
            let second = try relay.post(Samples.body(1)).json()
            #expect(second["id"] == first && second["duplicate"] == true)
        }
    }

    @Test func `a chunked body is stored as its bytes`() throws {
        try withRelay { relay, platform in
            let client = try relay.connect()
            client.send(
                "POST \(RelayUnderTest.path("unanswered")) HTTP/1.1\r\nHost: relay.test\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2;x=y\r\n1}\r\n0\r\n\r\n")
            #expect(client.response()?.status == 200)
            #expect(try platform.landed(atLeast: 1)[0]["body"] == ["a": 1])
        }
    }

    /// What is no JSON, from a sender with a good token.
    static let unparsable: [(name: String, bytes: [UInt8])] = [
        ("empty", []), ("text", Array("hello".utf8)), ("form", Array("a=1&b=2".utf8)),
        ("cut short", Array(#"{"a":"#.utf8)), ("two values", Array(#"{"a":1} {"b":2}"#.utf8)),
        ("bad UTF-8", Array(#"{"a":""#.utf8) + [0xFF, 0xFE] + Array(#""}"#.utf8)),
        ("zero bytes", [0, 0, 0, 0]),
        (
            "too deep",
            Array(repeating: UInt8(ascii: "["), count: 100_000)
                + Array(repeating: UInt8(ascii: "]"), count: 100_000)
        ),
        ("not a number", Array(#"{"a":NaN}"#.utf8)),
    ]

    @Test func `what is no JSON is stored, answered and dead`() throws {
        try withRelay { relay, platform in
            for body in Self.unparsable {
                let client = try relay.connect()
                client.post(RelayUnderTest.path("unanswered"), body.bytes)
                let answer = try #require(client.response(), "\(body.name)")
                #expect(answer.status == 200, "\(body.name)")
                let id = try #require(try answer.json()["id"]?.string, "\(body.name)")
                let row = try #require(try relay.list("--id", id).first, "\(body.name)")
                #expect(row["state"] == "dead", "\(body.name)")
                #expect(row["errorClass"] == "unparsable", "\(body.name)")
                #expect(row["lastError"]?.string?.isEmpty == false, "\(body.name)")
                let kept = try relay.ask("show", id, "--body").outputBytes
                #expect(kept == body.bytes, "\(body.name)")
            }
            #expect(try platform.collections() == 0)
        }
    }

    @Test func `odd but valid JSON goes through as it is`() throws {
        try withRelay { relay, platform in
            let nested = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
            let bodies = [
                #"{"a":1,"a":2}"#, "{}", " {\"a\" : 1e400 }\n", #"{"n":12345678901234567890}"#,
                "{\"deep\":\(nested)}", #"{"\u0000":"\ud83d\ude00"}"#,
            ]
            for body in bodies { #expect(try relay.post(body).status == 200, "\(body)") }
            let rows = try relay.list(state: "delivered", count: bodies.count)
            let sizes = rows.compactMap { $0["bytes"]?.int64 }.reversed()
            #expect(Array(sizes) == bodies.map { Int64($0.utf8.count) })
            let landed = try platform.landed().compactMap { $0["bytes"]?.int64 }
            #expect(landed.sorted() == bodies.map { Int64($0.utf8.count) }.sorted())
        }
    }

    @Test func `JSON that is no object is for the destination to judge`() throws {
        try withRelay { relay, platform in
            for body in ["[]", "null", "\"text\"", "17"] {
                #expect(try relay.post(body).status == 200)
            }
            let rows = try relay.list(state: "dead", count: 4)
            #expect(rows.allSatisfy { $0["errorClass"] == "rejected" })
            #expect(try platform.collections() == 4)
        }
    }

    @Test func `a body of exactly the limit is taken and one byte more is not`() throws {
        try withRelay({ $0.intake["maxBodyBytes"] = 2000 }) { relay, platform in
            let body = #"{"a":""# + String(repeating: "x", count: 1992) + #""}"#
            #expect(body.utf8.count == 2000)
            #expect(try relay.post(body).status == 200)
            let client = try relay.connect()
            client.send(
                "POST \(RelayUnderTest.path("feedback")) HTTP/1.1\r\nHost: relay.test\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n7d0\r\n\(body)\r\n0\r\n\r\n")
            #expect(client.response()?.status == 200)
            #expect(try relay.post(body + " ").status == 413)
            try platform.landed(atLeast: 2)
            try relay.list(state: "delivered", count: 2)
        }
    }
}
