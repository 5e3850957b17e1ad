import Dispatch
import HTTPServer
import Testing

struct ExchangeTests {
    @Test func `a body comes back as it was sent`() throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        client.post("/in", "hello")
        let response = try #require(client.response())
        #expect(response.status == 200)
        #expect(response.text == "hello")
        #expect(response.first("content-type") == "text/plain")
        #expect(response.first("date") != nil)
    }

    @Test func `an empty body is a body`() throws {
        let world = try World(ScriptedHandler.describing { "\($0.body.count)" })
        let client = try world.connect()
        client.post("/in", "")
        #expect(client.response()?.text == "0")
        client.get("/in")
        #expect(client.response()?.text == "0")
    }

    @Test func `two pipelined requests are answered in order on one connection`() throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        let one = "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\n"
        client.send(one + "one" + one + "two")
        #expect(client.response()?.text == "one")
        #expect(client.response()?.text == "two")
        #expect(world.server.counters.accepted == 1)
    }

    @Test func `a chunked body is put together`() throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        client.send("POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n")
        client.send("5\r\nhello\r\n1;note=x\r\n \r\n5\r\nworld\r\n0\r\n\r\n")
        #expect(client.response()?.text == "hello world")
    }

    @Test func `a client that asks first is told to continue`() throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        let ask = "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        client.send("POST / HTTP/1.1\r\nHost: t\r\n" + ask)
        #expect(client.response()?.status == 100)
        client.send("hi")
        #expect(client.response()?.text == "hi")
    }

    @Test func `an answer may come later from another thread`() throws {
        let queue = DispatchQueue(label: "elsewhere")
        let world = try World(
            ScriptedHandler { request, exchange in
                queue.async { exchange.answer(.text(201, "later")) }
            })
        let client = try world.connect()
        for _ in 0..<200 {
            client.post("/in", "x")
            #expect(client.response()?.status == 201)
        }
    }

    @Test func `answers from elsewhere and at once race without loss`() throws {
        let queue = DispatchQueue(label: "elsewhere", attributes: .concurrent)
        let world = try World(
            ScriptedHandler { request, exchange in
                if request.body.count.isMultiple(of: 2) { exchange.answer(.text(200, "now")) }
                queue.async { exchange.answer(.text(200, "later")) }
            }
        ) { $0.threads = 2 }
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            guard let client = try? world.connect() else { return }
            for size in 0..<200 {
                client.post("/in", String(repeating: "x", count: size))
                #expect(client.response()?.status == 200)
            }
        }
    }

    @Test func `many waiting answers are given at once`() throws {
        let waiting = Mailbox<Exchange>()
        let world = try World(ScriptedHandler { _, exchange in waiting.put(exchange) })
        let clients = try (0..<20).map { _ in try world.connect() }
        for client in clients { client.get("/") }
        let exchanges = clients.compactMap { _ in waiting.take() }
        Exchange.answerAll(exchanges.map { ($0, .text(200, "together")) })
        for client in clients { #expect(client.response()?.text == "together") }
    }

    @Test func `an exchange dropped unanswered answers 500`() throws {
        let world = try World(ScriptedHandler { _, _ in })
        let client = try world.connect()
        client.post("/in", "x")
        #expect(client.response()?.status == 500)
        let kept = Mailbox<Exchange>()
        let later = try World(ScriptedHandler { _, exchange in kept.put(exchange) })
        let other = try later.connect()
        other.get("/")
        _ = kept.take()
        #expect(other.response()?.status == 500)
    }

    @Test func `only the first answer counts`() throws {
        let world = try World(
            ScriptedHandler { _, exchange in
                exchange.answer(.text(200, "first"))
                exchange.answer(.text(200, "second"))
            })
        let client = try world.connect()
        client.get("/")
        client.get("/")
        #expect(client.response()?.text == "first")
        #expect(client.response()?.text == "first")
    }

    @Test func `a client that left before the answer harms nobody`() throws {
        let waiting = Mailbox<Exchange>()
        let world = try World(ScriptedHandler { _, exchange in waiting.put(exchange) })
        let leaver = try world.connect()
        leaver.post("/in", "x")
        let exchange = try #require(waiting.take())
        leaver.disconnect()
        let other = try world.connect()
        other.get("/")
        let next = try #require(waiting.take())
        exchange.answer(.text(200, "nobody listens"))
        next.answer(.text(200, "here"))
        #expect(other.response()?.text == "here")
    }

    @Test func `an exchange without a connection tells its closure once`() {
        let answers = Mailbox<Int>()
        let exchange = Exchange { answers.put($0.status) }
        exchange.answer(.text(200, "a"))
        exchange.answer(.text(201, "b"))
        #expect(answers.take() == 200)
        do { _ = Exchange { answers.put($0.status) } }
        #expect(answers.take() == 500)
    }
}
