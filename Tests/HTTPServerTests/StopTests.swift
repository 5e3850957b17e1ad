import Dispatch
import HTTPServer
import Testing

struct StopTests {
    @Test func `after stopAccepting clients are refused and kept ones are told to close`() throws {
        let world = try World(ScriptedHandler.echo())
        let kept = try world.connect()
        kept.get("/")
        #expect(kept.response()?.first("connection") != "close")
        world.server.stopAccepting()
        #expect(throws: RawClient.Unreachable.self) { try world.connect() }
        kept.get("/")
        let last = try #require(kept.response())
        #expect(last.status == 200)
        #expect(last.first("connection") == "close")
        #expect(kept.isClosed())
    }

    @Test func `stop waits for the request in progress`() throws {
        let waiting = Mailbox<Exchange>()
        let world = try World(ScriptedHandler { _, exchange in waiting.put(exchange) })
        let client = try world.connect()
        client.post("/", "x")
        let exchange = try #require(waiting.take())
        let server = world.server
        let stopped = DispatchGroup()
        DispatchQueue.global().async(group: stopped) { server.stop(graceMs: 20_000) }
        Waiting.until { (try? world.connect()) == nil }
        exchange.answer(.text(200, "in time"))
        #expect(client.response()?.text == "in time")
        #expect(stopped.wait(timeout: .now() + .seconds(20)) == .success)
        #expect(server.connectionCount == 0)
    }

    @Test func `a client accepted just before the stop is served`() throws {
        let inHand = Mailbox<Exchange>()
        let mayGoOn = DispatchSemaphore(value: 0)
        let world = try World(
            ScriptedHandler { request, exchange in
                guard request.head.path == "/first" else {
                    return exchange.answer(.text(200, "second"))
                }
                // Keeps the only network thread busy, so that the next client stays on its way.
                inHand.put(exchange)
                mayGoOn.wait()
                exchange.answer(.text(200, "first"))
            })
        let server = world.server
        let first = try world.connect()
        first.post("/first", "x")
        _ = try #require(inHand.take())
        let second = try world.connect()
        second.post("/second", "x")
        Waiting.until { server.counters.accepted == 2 }
        let stopped = DispatchGroup()
        DispatchQueue.global().async(group: stopped) { server.stop(graceMs: 20_000) }
        Waiting.until { (try? world.connect()) == nil }
        mayGoOn.signal()
        #expect(first.response()?.text == "first")
        #expect(second.response()?.text == "second")
        #expect(stopped.wait(timeout: .now() + .seconds(20)) == .success)
    }

    @Test func `when the grace is over what waits is answered 503 and a late answer is harmless`()
        throws
    {
        let waiting = Mailbox<Exchange>()
        let world = try World(ScriptedHandler { _, exchange in waiting.put(exchange) })
        let client = try world.connect()
        let idle = try world.connect()
        idle.send("GET")
        client.post("/", "x")
        let exchange = try #require(waiting.take())
        world.server.stop(graceMs: 50)
        #expect(client.response()?.status == 503)
        #expect(client.isClosed())
        #expect(idle.isClosed())
        exchange.answer(.text(200, "too late"))
        world.server.stop(graceMs: 0)
        #expect(throws: ServerError.stopped) { try world.server.replaceOptions(ServerOptions()) }
    }

    /// Were it handed over, it could be stored although its sender is told that it is not.
    @Test func `a request that comes when the grace is over never reaches the handler`() throws {
        let handled = Mailbox<Exchange>()
        let paths = Mailbox<String>()
        let world = try World(
            ScriptedHandler { request, exchange in
                paths.put(request.head.path)
                request.head.path == "/wait"
                    ? handled.put(exchange) : exchange.answer(.text(200, "done"))
            })
        let kept = try world.connect()
        kept.post("/before", "x")
        #expect(kept.response()?.status == 200)
        #expect(paths.take() == "/before")
        // Half of a request keeps the server from its end.
        let slow = try world.connect()
        slow.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf")
        let waiting = try world.connect()
        waiting.post("/wait", "x")
        let exchange = try #require(handled.take())
        #expect(paths.take() == "/wait")
        let server = world.server
        let stopped = DispatchGroup()
        DispatchQueue.global().async(group: stopped) { server.stop(graceMs: 50) }
        #expect(waiting.response()?.status == 503)
        kept.post("/after", "x")
        // On a slow machine the connection may be gone by then.
        #expect(kept.response().map(\.status) ?? 503 == 503)
        #expect(stopped.wait(timeout: .now() + .seconds(20)) == .success)
        paths.put("nothing more")
        #expect(paths.take() == "nothing more")
        exchange.answer(.text(200, "too late"))
    }

    @Test func `a socket left open serves under the next server`() throws {
        let listener = try ListenSocket.tcp(host: "127.0.0.1", port: 0)
        let first = try World(ScriptedHandler.describing { _ in "first" }, listen: [listener])
        first.server.stopAccepting(leavingSocketsOpen: true)
        let client = try first.connect()
        client.get("/")
        let second = try World(ScriptedHandler.describing { _ in "second" }, listen: [listener])
        #expect(client.response()?.text == "second")
        second.server.stop(graceMs: 0)
    }

    @Test func `new options hold for new connections and disturb none that exist`() throws {
        let world = try World(ScriptedHandler.echo())
        let before = try world.connect()
        before.get("/")
        #expect(before.response()?.status == 200)
        var options = ServerOptions()
        options.threads = 1
        options.maxHeaderCount = 1
        try world.server.replaceOptions(options)
        before.post("/", "still here", headers: ["X: y"])
        #expect(before.response()?.text == "still here")
        let after = try world.connect()
        after.post("/", "x", headers: ["X: y"])
        #expect(after.response()?.status == 431)
        #expect(before.isClosed())
    }
}
