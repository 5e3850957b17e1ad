import RelayCore
import RelayTesting
import Testing

struct RefusalTests {
    /// What a stranger gets, whatever he tried.
    private static func stranger(_ relay: RelayUnderTest) throws -> RawResponse {
        let answer = try relay.post(Samples.body(1), token: "no-such-token-at-all")
        #expect(answer.status == 404)
        #expect(answer.header("Content-Type") == "application/problem+json")
        #expect(try answer.json()["status"] == 404)
        return answer
    }

    @Test func `wrong token, unknown source and unknown hook are one 404`() throws {
        try withRelay { relay, platform in
            let expected = try Self.stranger(relay).bytesWithoutDate
            let token = RelaySettings.token
            let targets = [
                RelayUnderTest.path("unanswered", token: RelaySettings.otherToken),
                RelayUnderTest.path("unanswered", token: String(token.dropLast())),
                RelayUnderTest.path("unanswered", token: token.lowercased()),
                RelayUnderTest.path("unanswered", source: "nobody"),
                RelayUnderTest.path("unasked"), "/hooks/chatlio/unanswered", "/hooks", "/",
                "/favicon.ico",
            ]
            for target in targets {
                let client = try relay.connect()
                client.post(target, Array(Samples.body(1).utf8))
                let answer = try #require(client.response())
                #expect(answer.bytesWithoutDate == expected, "\(target)")
            }
            #expect(try relay.ask("list").code == 3)
            #expect(try platform.collections() == 0)
        }
    }

    @Test func `tricks with the path are the same 404`() throws {
        try withRelay { relay, _ in
            let expected = try Self.stranger(relay).bytesWithoutDate
            let good = RelayUnderTest.path("unanswered")
            let token = RelaySettings.token
            let targets = [
                "/" + good, "/hooks//chatlio/unanswered/\(token)", good + "/", good + "//",
                "/hooks/chatlio/unanswered%2f\(token)", "/hooks/chatlio/unanswered%2F\(token)",
                "/hooks/../hooks/chatlio/unanswered/\(token)", "/./" + good.dropFirst(),
                "/hooks/chatlio/../chatlio/unanswered/\(token)", "/hooks/..", good + "%00",
                good + "%00.json", "/hooks/chatlio%00/unanswered/\(token)",
                "/hooks/chatlio/unanswered/%\(token)", "/hooks/chatlio/un%61nswered/\(token)",
                "/HOOKS/chatlio/unanswered/\(token)", "/hooks/chatlio/Unanswered/\(token)",
                good + ";a=b", good + "%3Fa=b", "/hooks\\chatlio\\unanswered\\\(token)",
                "/hooks/chatlio/unanswered/" + String(repeating: "a", count: 5000),
                "/" + String(repeating: "../", count: 300) + "etc/passwd",
            ]
            for target in targets {
                let client = try relay.connect()
                client.post(target, Array(Samples.body(1).utf8))
                let answer = try #require(client.response(), "\(target)")
                #expect(answer.bytesWithoutDate == expected, "\(target)")
            }
            #expect(try relay.ask("list").code == 3)
        }
    }

    @Test func `a zero byte in the request line reaches nothing`() throws {
        try withRelay { relay, _ in
            let client = try relay.connect()
            let body = Array(Samples.body(1).utf8)
            let head =
                "POST \(RelayUnderTest.path("unanswered"))\u{0}x HTTP/1.1\r\n"
                + "Host: relay.test\r\nContent-Length: \(body.count)\r\n\r\n"
            client.send(Array(head.utf8) + body)
            let answer = client.response()
            #expect(answer.map { (400..<500).contains($0.status) } ?? true)
            #expect(try relay.ask("list").code == 3)
            #expect(try relay.post(Samples.body(2)).status == 200)
        }
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
    func `another method is 405 and says which is allowed`(method: String) throws {
        try withRelay { relay, _ in
            let client = try relay.connect()
            client.request(
                method, RelayUnderTest.path("unanswered"), headers: ["Content-Length: 0"])
            let answer = try #require(client.response(toHEAD: method == "HEAD"))
            #expect(answer.status == 405 && answer.header("Allow") == "POST")
            #expect(answer.header("Content-Type") == "application/problem+json")
            client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(1).utf8))
            #expect(client.response()?.status == 200)
        }
    }

    @Test func `a declared length over the limit is refused before the body`() throws {
        try withRelay({ $0.intake["maxBodyBytes"] = 1000 }) { relay, _ in
            let client = try relay.connect()
            client.send(
                "POST \(RelayUnderTest.path("unanswered")) HTTP/1.1\r\nHost: relay.test\r\n"
                    + "Content-Length: 1001\r\n\r\n")
            let answer = try #require(client.response())
            #expect(answer.status == 413)
            #expect(answer.header("Content-Type") == "application/problem+json")
            #expect(client.rest() == [])
            #expect(try relay.ask("list").code == 3)
        }
    }

    @Test func `a chunked body is refused as soon as it passes the limit`() throws {
        try withRelay({ $0.intake["maxBodyBytes"] = 1000 }) { relay, _ in
            let client = try relay.connect()
            client.send(
                "POST \(RelayUnderTest.path("unanswered")) HTTP/1.1\r\nHost: relay.test\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n"
                    + String(repeating: "a", count: 1000) + "\r\n1\r\na\r\n")
            // The last chunk never comes: the answer must not wait for it.
            let answer = try #require(client.response())
            #expect(answer.status == 413)
            #expect(client.rest() == [])
            #expect(try relay.ask("list").code == 3)
        }
    }
}
