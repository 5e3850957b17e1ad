import Dispatch
import Foundation
import HTTPServer
import Testing

/// What a handler writes past the library, and how a connection can end without an answer.
struct RawAnswerTests {
    /// Gives the first exchange to the test and answers the others.
    private static func world(
        tls identity: TLSIdentity? = nil, listen sockets: [ListenSocket]? = nil
    ) throws -> (World, Mailbox<Exchange>) {
        let waiting = Mailbox<Exchange>()
        let handler = ScriptedHandler { request, exchange in
            if request.head.path == "/raw" {
                waiting.put(exchange)
            } else {
                exchange.answer(.text(200, "usual"))
            }
        }
        return (try World(handler, listen: sockets) { $0.tls = identity }, waiting)
    }

    /// Writes all of it; false when the connection did not take it.
    @discardableResult
    private static func write(_ text: String, to exchange: Exchange) -> Bool {
        exchange.sendRaw(Array(text.utf8)[...]) == text.utf8.count
    }

    @Test func `bytes arrive as given, piece by piece, and then the end`() throws {
        let (world, waiting) = try Self.world()
        let client = try world.connect()
        client.post("/raw", "x")
        let exchange = try #require(waiting.take())
        #expect(Self.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", to: exchange))
        #expect(Self.write("he", to: exchange))
        #expect(Self.write("llo", to: exchange))
        #expect(client.response()?.text == "hello")
        #expect(Self.write("no HTTP\n", to: exchange))
        exchange.cut(reset: false)
        #expect(client.rest() == "no HTTP\n")
        #expect(!client.wasReset)
    }

    @Test func `it works inside the handler as well as later`() throws {
        let handler = ScriptedHandler { request, exchange in
            if request.head.path == "/reset" { return exchange.cut(reset: true) }
            Self.write("inline", to: exchange)
            exchange.cut(reset: false)
        }
        let world = try World(handler)
        let client = try world.connect()
        client.get("/")
        #expect(client.rest() == "inline")
        #expect(!client.wasReset)
        let other = try world.connect()
        other.get("/reset")
        #expect(other.isClosed())
        #expect(other.wasReset)
    }

    @Test func `a reset is a reset, with or without something said`() throws {
        let (world, waiting) = try Self.world()
        let silent = try world.connect()
        silent.post("/raw", "x")
        try #require(waiting.take()).cut(reset: true)
        #expect(silent.isClosed())
        #expect(silent.wasReset)
        let spoken = try world.connect()
        spoken.post("/raw", "x")
        let exchange = try #require(waiting.take())
        Self.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe", to: exchange)
        #expect(spoken.begins(with: "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe"))
        exchange.cut(reset: true)
        _ = spoken.rest()
        #expect(spoken.wasReset)
    }

    @Test func `an orderly end stays orderly when the next request is there already`() throws {
        let (world, waiting) = try Self.world()
        let client = try world.connect()
        client.get("/raw")
        let exchange = try #require(waiting.take())
        client.get("/next")
        Self.write("bytes", to: exchange)
        exchange.cut(reset: false)
        #expect(client.rest() == "bytes")
        #expect(!client.wasReset)
    }

    @Test func `after raw bytes an answer only closes`() throws {
        let (world, waiting) = try Self.world()
        let client = try world.connect()
        client.get("/raw")
        let exchange = try #require(waiting.take())
        Self.write("raw", to: exchange)
        exchange.answer(.text(200, "too late"))
        #expect(client.rest() == "raw")
        #expect(exchange.sendRaw([1]) == nil)
        exchange.cut(reset: true)
    }

    @Test func `letting go of an exchange that has begun closes the connection`() throws {
        let world = try World(
            ScriptedHandler { _, exchange in Self.write("begun", to: exchange) })
        let client = try world.connect()
        client.get("/")
        #expect(client.rest() == "begun")
    }

    @Test func `an answered exchange can neither write nor cut`() throws {
        let (world, waiting) = try Self.world()
        let client = try world.connect()
        client.get("/raw")
        let exchange = try #require(waiting.take())
        exchange.answer(.text(200, "answered"))
        #expect(exchange.sendRaw([1]) == nil)
        exchange.cut(reset: true)
        #expect(!exchange.hasClient)
        #expect(client.response()?.text == "answered")
        client.get("/next")
        #expect(client.response()?.text == "usual")
        exchange.cut(reset: true)
        client.get("/next")
        #expect(client.response()?.text == "usual")
    }

    @Test func `a client that has left is noticed and harms nobody`() throws {
        let (world, waiting) = try Self.world()
        let leaver = try world.connect()
        leaver.get("/raw")
        let exchange = try #require(waiting.take())
        #expect(exchange.hasClient)
        leaver.disconnect()
        Waiting.until { !exchange.hasClient }
        #expect(!exchange.hasClient)
        Waiting.until { exchange.sendRaw([1]) == nil }
        #expect(exchange.sendRaw([1]) == nil)
        exchange.cut(reset: true)
        Waiting.until { world.server.connectionCount == 0 }
        #expect(world.server.connectionCount == 0)
        let other = try world.connect()
        other.get("/")
        #expect(other.response()?.text == "usual")
    }

    @Test func `a client that does not read holds up nobody`() throws {
        let (world, waiting) = try Self.world()
        let client = try world.connect()
        client.get("/raw")
        let exchange = try #require(waiting.take())
        let piece = [UInt8](repeating: 7, count: 1_000_000)
        var taken = piece.count
        for _ in 0..<100 where taken > 0 { taken = exchange.sendRaw(piece[...]) ?? -1 }
        #expect(taken == 0)
        exchange.cut(reset: true)
        Waiting.until { world.server.connectionCount == 0 }
        #expect(world.server.connectionCount == 0)
    }

    @Test func `stopping the server ends what has begun`() throws {
        let (world, waiting) = try Self.world()
        let begun = try world.connect()
        begun.get("/raw")
        let exchange = try #require(waiting.take())
        Self.write("begun", to: exchange)
        world.server.stop(graceMs: 0)
        #expect(begun.rest() == "begun")
        #expect(exchange.sendRaw([1]) == nil)
        exchange.cut(reset: false)
    }

    @Test func `pieces, cuts and the server's stop race without harm`() throws {
        let queue = DispatchQueue(label: "elsewhere", attributes: .concurrent)
        let world = try World(
            ScriptedHandler { request, exchange in
                queue.async { Self.write("HTTP/1.1 200 OK\r\n", to: exchange) }
                queue.async { exchange.cut(reset: request.body.count.isMultiple(of: 2)) }
                queue.async { exchange.answer(.text(200, "answered")) }
            }
        ) { $0.threads = 2 }
        DispatchQueue.concurrentPerform(iterations: 8) { turn in
            for size in 0..<50 {
                guard let client = try? world.connect() else { return }
                client.post("/in", String(repeating: "x", count: size))
                if turn == 7, size == 40 { world.server.stop(graceMs: 0) }
                _ = client.response()
            }
        }
        world.server.stop(graceMs: 1000)
        #expect(world.server.connectionCount == 0)
    }

    @Test func `over a unix socket a reset is an end`() throws {
        let folder = try World.makeFolder()
        let path = folder.appendingPathComponent("raw.sock").path
        let (world, waiting) = try Self.world(listen: [ListenSocket.unix(path: path)])
        let client = try RawClient(path: path)
        client.get("/raw")
        try #require(waiting.take()).cut(reset: true)
        #expect(client.isClosed())
        #expect(world.server.counters.accepted == 1)
    }

    @Test func `without a connection nothing is written and a cut answers 500`() {
        let answers = Mailbox<Int>()
        let exchange = Exchange { answers.put($0.status) }
        #expect(exchange.hasClient)
        #expect(exchange.sendRaw([1]) == nil)
        exchange.cut(reset: true)
        #expect(!exchange.hasClient)
        #expect(answers.take() == 500)
    }
}
