import HTTPServer
import Testing

struct BodyLimitTests {
    private let limitBytes = 100_000

    private func world() throws -> World {
        try World(
            ScriptedHandler(bodyLimitBytes: limitBytes) { request, exchange in
                exchange.answer(.text(200, "\(request.body.count)"))
            })
    }

    private func body(_ count: Int) -> String { String(repeating: "b", count: count) }

    @Test func `a declared body of exactly the limit is taken, one more byte is not`() throws {
        let world = try world()
        let client = try world.connect()
        client.post("/", body(limitBytes))
        #expect(client.response()?.text == "\(limitBytes)")
        client.post("/", body(limitBytes + 1))
        let refusal = try #require(client.response())
        #expect(refusal.status == 413)
        #expect(refusal.first("connection") == "close")
        #expect(client.isClosed())
        #expect(world.server.counters.bodiesTooLarge == 1)
    }

    @Test func `a declared body past the limit is refused before any of it comes`() throws {
        let world = try world()
        let client = try world.connect()
        let ask = "Content-Length: \(limitBytes + 1)\r\nExpect: 100-continue\r\n\r\n"
        client.send("POST / HTTP/1.1\r\nHost: t\r\n" + ask)
        #expect(client.response()?.status == 413)
        #expect(client.isClosed())
    }

    @Test func `a chunked body of exactly the limit is taken, one more byte is not`() throws {
        let world = try world()
        let client = try world.connect()
        let head = "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n"
        let size = String(limitBytes, radix: 16)
        client.send(head + size + "\r\n" + body(limitBytes) + "\r\n0\r\n\r\n")
        #expect(client.response()?.text == "\(limitBytes)")
        // The last chunk never comes: the refusal must not wait for it.
        client.send(head + size + "\r\n" + body(limitBytes) + "\r\n1\r\nx")
        let refusal = try #require(client.response())
        #expect(refusal.status == 413)
        #expect(refusal.text == "too large")
        #expect(client.isClosed())
    }

    @Test func `a client that sends a large refused body in full still reads why`() throws {
        let world = try world()
        for _ in 0..<10 {
            let client = try world.connect()
            client.post("/", body(3_000_000))
            #expect(client.response()?.status == 413)
        }
    }
}
