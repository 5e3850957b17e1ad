import RelayCore
import RelayTesting
import Testing

/// Large bodies of senders that nobody knows yet.
struct BodyFloodTests {
    private static let size = 48 * 1_048_576

    @Test func `bodies that are more than the relay has memory for are refused and counted`() throws
    {
        try withAdmin({ $0.intake["maxBodyBytes"] = .integer(Int64(Self.size)) }) { relay, _ in
            let path = RelayUnderTest.path("unanswered")
            let piece = [UInt8](repeating: 0x20, count: Self.size - 1)
            func begin() throws -> RawClient {
                let client = try relay.connect()
                client.send(
                    "POST \(path) HTTP/1.1\r\nHost: t\r\nContent-Length: \(Self.size)\r\n\r\n")
                client.send(piece)
                return client
            }
            let held = try (0..<2).map { _ in try begin() }
            let refused = "holdfast_intake_refused_total{outcome=\"body_memory\"}"
            #expect(try relay.metric(refused) == 0)
            let answer = try #require(try begin().response())
            #expect(answer.status == 503)
            #expect(answer.header("content-type") == "application/problem+json")
            #expect(answer.header("retry-after") != nil)
            #expect(try relay.metric(refused) == 1)
            // Whoever sends little finds a place all the same.
            #expect(try relay.post(Samples.body(1)).status == 200)
            held[0].send("x")
            #expect(held[0].response()?.status == 200)
        }
    }
}
