import Dispatch
import Glibc
import HTTPServer
import Testing

struct LimitTests {
    @Test func `connections past the total are closed and the others go on`() throws {
        let world = try World(ScriptedHandler.echo()) { $0.maxConnections = 2 }
        let first = try world.connect()
        let second = try world.connect()
        first.get("/")
        second.get("/")
        #expect(first.response()?.status == 200)
        #expect(second.response()?.status == 200)
        #expect(try world.connect().isClosed())
        #expect(world.server.connectionCount == 2)
        #expect(world.server.counters.refusedTotalLimit == 1)
        first.disconnect()
        Waiting.until { world.server.connectionCount == 1 }
        let third = try world.connect()
        third.get("/")
        #expect(third.response()?.status == 200)
    }

    @Test func `connections of one address past its share are closed, others are not`() throws {
        let listener = try ListenSocket.listen(on: Address(":0"))
        let world = try World(ScriptedHandler.echo(), listen: [listener]) {
            $0.maxConnectionsPerAddress = 1
        }
        let first = try world.connect()
        first.get("/")
        #expect(first.response()?.status == 200)
        #expect(try world.connect().isClosed())
        #expect(world.server.counters.refusedAddressLimit == 1)
        let other = try RawClient(ipv6Port: listener.port)
        other.get("/")
        #expect(other.response()?.status == 200)
    }
}
