import RelayCore
import RelayTesting
import Testing

struct SlowClientTests {
    private let head = "POST \(RelayUnderTest.path("unanswered")) HTTP/1.1\r\nHost: relay.test\r\n"

    @Test func `a head that never ends is cut while others are served`() throws {
        try withRelay({ $0.intake["headerTimeoutMs"] = 500 }) { relay, _ in
            let slow = try relay.connect()
            slow.send(head)
            let silent = try relay.connect()
            for number in 0..<10 {
                slow.send("X-\(number): y\r\n")
                #expect(try relay.post(Samples.body(number)).status == 200)
            }
            let answer = String(decoding: slow.rest(), as: UTF8.self)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 408"))
            #expect(silent.rest().count == answer.utf8.count || silent.rest().isEmpty)
            #expect(try relay.post(Samples.body(99)).status == 200)
            try relay.list(state: "delivered", count: 11)
        }
    }

    @Test func `a body that stays away is cut and not stored`() throws {
        try withRelay({ $0.intake["bodyTimeoutMs"] = 500 }) { relay, _ in
            let slow = try relay.connect()
            slow.send(head + "Content-Length: 100\r\n\r\n{\"a\":")
            for number in 0..<10 { #expect(try relay.post(Samples.body(number)).status == 200) }
            let answer = String(decoding: slow.rest(), as: UTF8.self)
            #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 408"))
            #expect(!answer.contains("200"))
            #expect(try relay.list().count == 10)
        }
    }

    @Test func `a client that leaves in the middle of its body leaves nothing`() throws {
        try withRelay { relay, _ in
            do {
                let leaving = try relay.connect()
                leaving.send(head + "Content-Length: 100\r\n\r\n{\"a\":")
            }
            #expect(try relay.post(Samples.body(1)).status == 200)
            #expect(try relay.list().count == 1)
        }
    }

    @Test func `half-open connections cost others nothing`() throws {
        try withRelay { relay, _ in
            let silent = try (0..<200).map { _ in try relay.connect() }
            for client in silent.prefix(100) { client.send("POST /hooks") }
            for number in 0..<10 { #expect(try relay.post(Samples.body(number)).status == 200) }
            #expect(silent.count == 200)
        }
    }

    @Test func `connections over the limit are closed and the others stay`() throws {
        try withRelay({ $0.intake["maxConnections"] = 10 }) { relay, _ in
            var kept: [RawClient] = []
            for number in 0..<10 {
                let client = try relay.connect()
                client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(number).utf8))
                #expect(client.response()?.status == 200)
                kept.append(client)
            }
            let over = try relay.connect()
            over.post(RelayUnderTest.path("unanswered"), Array(Samples.body(10).utf8))
            #expect(over.response().map { $0.status == 503 } ?? true)
            kept[0].post(RelayUnderTest.path("unanswered"), Array(Samples.body(11).utf8))
            #expect(kept[0].response()?.status == 200)
            kept.removeLast(5)
            try eventually("a place for a new connection") {
                let client = try relay.connect()
                client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(12).utf8))
                return client.response()?.status == 200
            }
        }
    }

    @Test func `a head over its limit is refused`() throws {
        try withRelay { relay, _ in
            let client = try relay.connect()
            let line = "X-Long: " + String(repeating: "x", count: 40_000) + "\r\n"
            client.send(head + line + "Content-Length: 2\r\n\r\n{}")
            let answer = client.response()
            #expect(answer.map { $0.status == 431 } ?? true)
            #expect(try relay.ask("list").code == 3)
            #expect(try relay.post(Samples.body(1)).status == 200)
        }
    }

    @Test func `a connection serves many posts, pipelined ones too`() throws {
        try withRelay { relay, _ in
            let client = try relay.connect()
            for number in 0..<20 {
                client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(number).utf8))
            }
            let answers = (0..<20).compactMap { _ in client.response() }
            #expect(answers.count == 20 && answers.allSatisfy { $0.status == 200 })
            try relay.list(state: "delivered", count: 20)
        }
    }

    @Test func `two lengths that disagree reach nothing`() throws {
        try withRelay { relay, _ in
            for lines in [
                "Content-Length: 2\r\nContent-Length: 30\r\n\r\n{}",
                "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
                "Content-Length: -2\r\n\r\n{}", "Content-Length: 2x\r\n\r\n{}",
                "Transfer-Encoding: gzip\r\n\r\n{}",
            ] {
                let client = try relay.connect()
                client.send(head + lines)
                let answer = client.response()
                #expect(answer.map { (400..<600).contains($0.status) } ?? true, "\(lines)")
            }
            #expect(try relay.ask("list").code == 3)
        }
    }
}
