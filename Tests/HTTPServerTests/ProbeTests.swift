import Dispatch
import HTTPServer
import Testing

struct ProbeTests {
    private let answers = Mailbox<String>()

    private func probe(_ server: Server, _ name: String) {
        let answers = answers
        server.probe { answers.put(name) }
    }

    @Test func `a server that moves answers, idle or not`() throws {
        let world = try World(ScriptedHandler.echo()) { $0.threads = 3 }
        probe(world.server, "idle")
        #expect(answers.take() == "idle")
        let client = try world.connect()
        client.get("/")
        #expect(client.response()?.status == 200)
        probe(world.server, "after a request")
        #expect(answers.take() == "after a request")
    }

    @Test func `a network thread that stands still owes the answer until it moves`() throws {
        let inHand = Mailbox<Exchange>()
        let mayGoOn = DispatchSemaphore(value: 0)
        let world = try World(
            ScriptedHandler { _, exchange in
                inHand.put(exchange)
                mayGoOn.wait()
                exchange.answer(.text(200, "done"))
            }
        ) { $0.threads = 2 }
        let client = try world.connect()
        client.get("/")
        _ = try #require(inHand.take())
        probe(world.server, "probe")
        // Accepted behind the probe, and served by the thread that moves.
        let other = try world.connect()
        other.get("/")
        _ = try #require(inHand.take())
        #expect(answers.isEmpty)
        mayGoOn.signal()
        mayGoOn.signal()
        #expect(answers.take() == "probe")
        #expect(client.response()?.status == 200)
        #expect(other.response()?.status == 200)
    }

    @Test func `no probe is lost when options are exchanged or the server stops`() throws {
        let world = try World(ScriptedHandler.echo())
        for round in 0..<50 {
            probe(world.server, "\(round)")
            try world.server.replaceOptions(ServerOptions())
            #expect(answers.take() == "\(round)")
        }
        probe(world.server, "while it stops")
        world.server.stop(graceMs: 0)
        #expect(answers.take() == "while it stops")
        probe(world.server, "afterwards")
        #expect(answers.take() == "afterwards")
    }
}
