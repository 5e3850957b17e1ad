import Glibc
import HTTPServer
import RelayCore
import RelayTesting
import Testing

/// The whole front through libmicrohttpd: streams of damaged requests over real sockets, made from
/// a seed. `HOLDFAST_TORTURE_SEED` runs one seed alone.
@Suite struct FrontTests {
    private static let streamsOfASeed = 25

    private struct Finding: Error, CustomStringConvertible {
        let description: String
    }

    private struct Tally {
        var streams = 0
        var answers: [Int: Int] = [:]
    }

    @Test func `each connection gets whole answers, and 200 only for a whole request`() throws {
        var options = ServerOptions()
        options.maxHeaderBytes = 16_384
        let patient = try Self.server(options)
        defer { patient.stop(graceMs: 0) }
        // What does not end by itself ends by time.
        options.headerTimeoutMs = 200
        options.bodyTimeoutMs = 200
        options.idleTimeoutMs = 200
        let hasty = try Self.server(options)
        defer { hasty.stop(graceMs: 0) }
        var tally = Tally()
        for seed in try TortureSeeds.range(ofTest: 40, share: 10) {
            var draw = RandomDraw(SeededRandom(seed: seed))
            for number in 0..<Self.streamsOfASeed {
                let stream = FrontStream(using: &draw)
                do {
                    let isWhole = !stream.isDamaged && stream.ending != .leftOpen
                    try Self.send(stream, to: isWhole ? patient : hasty, &tally)
                } catch {
                    let text = String(decoding: stream.bytes, as: UTF8.self).debugDescription
                    Issue.record("seed \(seed), stream \(number): \(error)\n\(text.prefix(3000))")
                }
            }
            // Somebody else is served all the time.
            try Self.expectGood(try #require(patient.ports[0]))
        }
        try eventually("nothing is left of connections and bodies") {
            [patient, hasty].allSatisfy { $0.connectionCount == 0 && $0.collectedBytes == 0 }
        }
        #expect(tally.answers[200] ?? 0 > 0)
        // One seed alone does not meet them all.
        guard tally.streams >= 1000 else { return }
        for status in [200, 400, 413, 414, 431, 505] {
            #expect(tally.answers[status] ?? 0 > 0, "\(status) was never met: \(tally)")
        }
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad\r\nDate: d\r\nConnection: close\r\nContent-Length: 2\r\n\r\n"
            + "HTTP/1.1 400 Bad\r\nDate: d\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nDate: d\r\nContent-Length: 3\r\n\r\nhi",
        "HTTP/1.1 200 OK\r\nDate: d\r\n\r\n", "HTTP/1.1 200 OK\r\nDate: d\r\n", "hi\r\n\r\n",
        "HTTP/1.1 200 OK\r\nDate: d\r\nConnection: close\r\nContent-Length: 0\r\n\r\nHTTP/1.1 ",
    ])
    func `the reader of answers refuses what is not one whole answer`(text: String) {
        #expect(throws: FrontAnswers.Malformed.self) {
            try FrontAnswers(Array(text.utf8), methods: ["GET", "GET"])
        }
    }

    @Test func `the second reading stops at what is no request`() {
        func paths(_ text: String) -> [String] {
            RequestOracle.requests(in: Array(text.utf8)).map { "\($0.path) \($0.body.count)" }
        }
        let get = "GET /g HTTP/1.1\r\nHost: t\r\n\r\n"
        let post = "POST /p HTTP/1.1\r\nHost: t\r\n"
        #expect(paths(post + "Content-Length: 2\r\n\r\nhi" + get) == ["/p 2", "/g 0"])
        #expect(
            paths(post + "Transfer-Encoding: chunked\r\n\r\n1;a\r\nx\r\n0\r\nT: 1\r\n\r\n" + get)
                == ["/p 1", "/g 0"])
        for lines in [
            "Content-Length: +2", "Content-Length: 3", "Content-Length: 2\r\nContent-Length: 2",
            "Transfer-Encoding: gzip", ": x", "X", "Host: u", " x",
        ] {
            #expect(paths(get + post + lines + "\r\n\r\nhi") == ["/g 0"], "\(lines)")
        }
    }

    private static func server(_ options: ServerOptions) throws -> Server {
        try Server(
            listen: [ListenSocket.tcp(host: "127.0.0.1", port: 0)], options: options,
            handler: FrontEcho())
    }

    private static func send(
        _ stream: FrontStream, to server: Server, _ tally: inout Tally
    ) throws {
        tally.streams += 1
        let cutBefore = server.counters.cutByTime
        let client = try RawClient(.ipv4(port: try #require(server.ports[0])))
        var start = 0
        for cut in stream.cuts + [stream.bytes.count] {
            client.send(Array(stream.bytes[start..<cut]))
            start = cut
        }
        let requests = RequestOracle.requests(in: stream.bytes)
        var isAnswered = false
        if stream.ending != .leftOpen {
            do {
                isAnswered = try readAll(requests, client, isDamaged: stream.isDamaged, &tally)
            } catch {
                // However slow the machine is: only what the server itself did by time is excused.
                guard stream.isDamaged, server.counters.cutByTime > cutBefore else { throw error }
                return
            }
        }
        switch stream.ending {
        case .reset: return client.reset()
        case .halfClosed: client.endSending()
        case .leftOpen: break
        }
        let received = client.rest()
        if client.gaveUp { throw Finding(description: "it hangs, after \(received.count) bytes") }
        // The answer to a bad request may have more to say than its method allows.
        if isAnswered { return }
        let open = stream.ending == .leftOpen ? requests : []
        let answers = try FrontAnswers(received, methods: open.map(\.method)).all
        for answer in answers { tally.answers[answer.status, default: 0] += 1 }
        try judge(answers, open)
    }

    private static func judge(
        _ answers: [FrontAnswers.Answer], _ requests: [RequestOracle.Request]
    ) throws {
        let known = [200, 400, 408, 413, 414, 431, 505]
        for (index, answer) in answers.enumerated() {
            guard known.contains(answer.status) else {
                throw Finding(description: "an answer of \(answer.status)")
            }
            guard answer.status == 200 else { continue }
            guard index < requests.count else {
                throw Finding(description: "200 for no request: \(text(answer))")
            }
            let request = requests[index]
            let expected = FrontEcho.description(
                request.method, request.path, request.query, request.body)
            if request.method != "HEAD", text(answer) != expected {
                throw Finding(description: "\(text(answer)), not \(expected)")
            }
        }
    }

    /// Every whole request is answered, up to the first that asks to close; one that is damaged and
    /// whole all the same may be refused, never left without a word. Read before the stream ends:
    /// the library takes who has nothing more to say for gone.
    /// - Returns: whether the last word was a refusal.
    private static func readAll(
        _ requests: [RequestOracle.Request], _ client: RawClient, isDamaged: Bool,
        _ tally: inout Tally
    ) throws -> Bool {
        for request in requests {
            var answer = client.response(toHEAD: request.method == "HEAD")
            while answer?.status == 100 {
                answer = client.response(toHEAD: request.method == "HEAD")
            }
            let expected = FrontEcho.description(
                request.method, request.path, request.query, request.body)
            guard let answer else { throw Finding(description: "nothing, not \(expected)") }
            tally.answers[answer.status, default: 0] += 1
            if isDamaged, [400, 413, 414, 431, 505].contains(answer.status) { return true }
            guard answer.status == 200, request.method == "HEAD" || answer.text == expected else {
                throw Finding(description: "\(answer.status) \(answer.text), not \(expected)")
            }
            if answer.header("Connection") == "close" { return false }
        }
        return false
    }

    private static func text(_ answer: FrontAnswers.Answer) -> String {
        String(decoding: answer.body, as: UTF8.self)
    }

    private static func expectGood(_ port: Int) throws {
        let client = try RawClient(.ipv4(port: port))
        let body = Array("{\"good\":true}".utf8)
        client.post("/in", body)
        let answer = try #require(client.response())
        #expect(answer.status == 200)
        #expect(answer.text == FrontEcho.description("POST", "/in", nil, body))
    }
}

extension ServerCounters {
    /// Connections that the server has ended because of a time.
    fileprivate var cutByTime: Int {
        headerTimeouts + bodyTimeouts + bodiesTooSlow + idleClosed + answerTimeouts
    }
}
