import Dispatch
import HTTPServer
import Synchronization
import Testing

/// Each step is awaited in what the server says that its bodies hold.
struct BodyBudgetTests {
    private static let head = "POST / HTTP/1.1\r\nHost: t\r\n"

    private func text(_ count: Int) -> String { String(repeating: "b", count: count) }

    /// A client in the middle of a body that the server holds already.
    private func begin(_ world: World, declared: Int, sent: Int) throws -> RawClient {
        let before = world.server.collectedBytes
        let client = try world.connect()
        client.send(Self.head + "Content-Length: \(declared)\r\n\r\n" + text(sent))
        Waiting.until { world.server.collectedBytes - before >= sent }
        return client
    }

    @Test func `what does not fit any more is refused, told to come again, and harms nobody`()
        throws
    {
        let world = try World(ScriptedHandler.describing { "\($0.body.count)" }) {
            $0.maxCollectedBytes = 100_000
        }
        let first = try begin(world, declared: 60_000, sent: 40_000)
        let second = try world.connect()
        second.post("/", text(61_000))
        let refusal = try #require(second.response())
        #expect(refusal.status == 503)
        #expect(refusal.first("content-type") == "application/problem+json")
        #expect(refusal.first("retry-after") == "10")
        #expect(refusal.first("connection") == "close")
        #expect(second.isClosed())
        #expect(world.server.counters.bodiesOverBudget == 1)
        #expect(world.server.counters.bodiesTooLarge == 0)
        first.send(text(20_000))
        #expect(first.response()?.text == "60000")
        #expect(world.server.collectedBytes == 0)
        first.post("/", text(61_000))
        #expect(first.response()?.text == "61000")
        #expect(world.server.counters.bodiesOverBudget == 1)
    }

    @Test func `a declared length takes nothing, and a body no more than twice what came`() throws {
        let world = try World(ScriptedHandler.echo())
        let declaring = try world.connect()
        declaring.send(Self.head + "Content-Length: 1000000\r\n\r\n")
        let one = try begin(world, declared: 1_000_000, sent: 1)
        #expect(world.server.collectedBytes == 1)
        let many = try begin(world, declared: 1_000_000, sent: 300_000)
        #expect(world.server.collectedBytes <= 600_001)
        withExtendedLifetime((declaring, one, many)) {}
    }

    @Test func `the last quarter is for small bodies`() throws {
        let world = try World(ScriptedHandler.describing { "\($0.body.count)" }) {
            $0.maxCollectedBytes = 400_000
        }
        let large = try begin(world, declared: 300_000, sent: 299_000)
        let other = try world.connect()
        other.post("/", text(90_000))
        #expect(other.response()?.status == 503)
        let small = try world.connect()
        small.post("/", text(60_000))
        #expect(small.response()?.text == "60000")
        large.send(text(1_000))
        #expect(large.response()?.text == "300000")
    }

    @Test func `a chunked body is small as long as it is, however its memory grows`() throws {
        let world = try World(ScriptedHandler.describing { "\($0.body.count)" }) {
            $0.maxCollectedBytes = 400_000
        }
        let large = try begin(world, declared: 300_000, sent: 299_000)
        let small = try world.connect()
        small.send(Self.head + "Transfer-Encoding: chunked\r\n\r\n")
        for _ in 0..<2 { small.send("\(String(30_000, radix: 16))\r\n\(text(30_000))\r\n") }
        small.send("0\r\n\r\n")
        #expect(small.response()?.text == "60000")
        large.send(text(1_000))
        #expect(large.response()?.text == "300000")
    }

    @Test func `a body counts until its handler has taken it, and not while it waits`() throws {
        let (waiting, seen) = (Mailbox<Exchange>(), Mailbox<Int>())
        let server = Mutex<Server?>(nil)
        let world = try World(
            ScriptedHandler { _, exchange in
                seen.put(server.withLock { $0 }?.collectedBytes ?? -1)
                waiting.put(exchange)
            })
        server.withLock { $0 = world.server }
        defer { server.withLock { $0 = nil } }
        let client = try world.connect()
        client.post("/", text(300))
        #expect(seen.take() == 300)
        let exchange = try #require(waiting.take())
        Waiting.until { world.server.collectedBytes == 0 }
        #expect(world.server.collectedBytes == 0)
        exchange.answer(.text(200, "kept"))
        #expect(client.response()?.text == "kept")
    }

    enum Ending: CaseIterable {
        case answered, halfClosed, disconnected, reset, tooSlow, tooLong, badChunk, stopped
    }

    @Test(arguments: Ending.allCases)
    func `what a body held is given back however its connection ends`(ending: Ending) throws {
        let world = try World(ScriptedHandler.echo(bodyLimitBytes: 50_000)) {
            // An end that comes in one with the last bytes is noticed by time alone.
            if [.tooSlow, .halfClosed].contains(ending) { $0.bodyTimeoutMs = 200 }
        }
        let client = try world.connect()
        let size = String(30_000, radix: 16)
        client.send(
            Self.head + "Transfer-Encoding: chunked\r\n\r\n\(size)\r\n\(text(30_000))\r\n")
        Waiting.until { world.server.collectedBytes >= 30_000 }
        #expect(world.server.collectedBytes >= 30_000)
        switch ending {
        case .answered: client.send("0\r\n\r\n")
        case .halfClosed: client.endSending()
        case .disconnected: client.disconnect()
        case .reset: client.reset()
        case .tooSlow: break
        case .tooLong: client.send("\(size)\r\n\(text(30_000))\r\n")
        case .badChunk: client.send("no size\r\n")
        case .stopped: world.server.stop(graceMs: 0)
        }
        Waiting.until { world.server.collectedBytes == 0 }
        #expect(world.server.collectedBytes == 0)
    }

    @Test func `bodies count across an exchange of options`() throws {
        let world = try World(ScriptedHandler.describing { "\($0.body.count)" }) {
            $0.maxCollectedBytes = 100_000
        }
        let old = try begin(world, declared: 60_000, sent: 59_000)
        var options = ServerOptions()
        options.threads = 1
        options.maxCollectedBytes = 100_000
        try world.server.replaceOptions(options)
        let new = try world.connect()
        new.post("/", text(61_000))
        #expect(new.response()?.status == 503)
        old.send(text(1_000))
        #expect(old.response()?.text == "60000")
        #expect(world.server.collectedBytes == 0)
    }
}
