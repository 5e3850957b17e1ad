import Dispatch
import HTTPServer
import Testing

/// Every cut is awaited as the end of the stream, never timed.
struct DeadlineTests {
    @Test func `a head that never ends is cut with 408`() throws {
        let world = try World(ScriptedHandler.echo()) { $0.headerTimeoutMs = 200 }
        let client = try world.connect()
        client.send("POST / HTTP/1.1\r\nHost: t\r\nX-Slow: ")
        let response = try #require(client.response())
        #expect(response.status == 408)
        #expect(response.first("content-type") == "application/problem+json")
        #expect(String(decoding: response.body, as: UTF8.self).contains("\"status\":408"))
        #expect(client.isClosed())
        #expect(world.server.counters.headerTimeouts == 1)
    }

    @Test func `a connection that says nothing is cut`() throws {
        let world = try World(ScriptedHandler.echo()) { $0.headerTimeoutMs = 200 }
        let client = try world.connect()
        #expect(client.rest().hasPrefix("HTTP/1.1 408 "))
    }

    @Test func `dripping header bytes does not postpone the cut`() throws {
        let world = try World(ScriptedHandler.echo()) { $0.headerTimeoutMs = 200 }
        let client = try world.connect()
        client.send("GET / HTTP/1.1\r\nHost: t\r\n")
        let drip = Drip(client) { "X-Drip: 1\r\n" }
        #expect(client.response()?.status == 408)
        drip.stop()
    }

    @Test func `a head begun on a kept connection has the same bound`() throws {
        let world = try World(ScriptedHandler.echo()) { $0.headerTimeoutMs = 200 }
        let client = try world.connect()
        client.get("/")
        #expect(client.response()?.status == 200)
        client.send("GET / HTTP/1.1\r\n")
        #expect(client.response()?.status == 408)
    }

    @Test func `a dripping body is cut by the deadline while others are served`() throws {
        let world = try World(ScriptedHandler.echo()) {
            $0.bodyTimeoutMs = 300
            $0.bodyMinimumBytesPerSecond = 0
        }
        let slow = try world.connect()
        let other = try world.connect()
        slow.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n")
        let drip = Drip(slow) { "x" }
        for _ in 0..<20 {
            other.post("/", "quick")
            #expect(other.response()?.text == "quick")
        }
        #expect(slow.response()?.status == 408)
        drip.stop()
        #expect(world.server.counters.bodyTimeouts == 1)
    }

    @Test func `a body below the least rate is cut before its deadline`() throws {
        let world = try World(ScriptedHandler.echo()) {
            $0.bodyGraceMs = 100
            $0.bodyMinimumBytesPerSecond = 1_000_000
        }
        let slow = try world.connect()
        slow.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\nx")
        #expect(slow.response()?.status == 408)
        #expect(slow.isClosed())
        #expect(world.server.counters.bodiesTooSlow == 1)
    }

    @Test func `an idle kept connection is closed without a word`() throws {
        let world = try World(ScriptedHandler.echo()) { $0.idleTimeoutMs = 200 }
        let client = try world.connect()
        client.get("/")
        #expect(client.response()?.status == 200)
        #expect(client.isClosed())
        #expect(world.server.counters.idleClosed == 1)
    }

    @Test func `a connection that waits for our answer is never cut`() throws {
        let waiting = Mailbox<Exchange>()
        let world = try World(ScriptedHandler { _, exchange in waiting.put(exchange) }) {
            $0.headerTimeoutMs = 100
            $0.bodyTimeoutMs = 100
            $0.bodyGraceMs = 100
            $0.idleTimeoutMs = 100
        }
        let patient = try world.connect()
        patient.post("/", "x")
        let exchange = try #require(waiting.take())
        // Another connection that was idle for just as long shows that the bounds have passed.
        for _ in 0..<3 {
            let idle = try world.connect()
            idle.get("/")
            waiting.take()?.answer(.text(200, "now"))
            #expect(idle.response()?.status == 200)
            #expect(idle.isClosed())
        }
        exchange.answer(.text(200, "at last"))
        #expect(patient.response()?.text == "at last")
    }

    @Test func `a client that does not read its answers is closed`() throws {
        let big = ServerResponse(status: 200, body: [UInt8](repeating: 7, count: 8_000_000))
        let world = try World(ScriptedHandler { _, exchange in exchange.answer(big) }) {
            $0.bodyTimeoutMs = 200
        }
        let client = try world.connect()
        for _ in 0..<4 { client.get("/") }
        Waiting.until { world.server.counters.answerTimeouts == 1 }
        #expect(world.server.counters.answerTimeouts == 1)
        Waiting.until { world.server.connectionCount == 0 }
        #expect(world.server.connectionCount == 0)
    }
}
