import Foundation
import RelayCore
import RelayTesting
import Testing

struct ListenTests {
    private func post(_ target: RawClient.Target, _ number: Int) throws -> Int? {
        let client = try RawClient(target)
        client.post(RelayUnderTest.path("unanswered"), Array(Samples.body(number).utf8))
        return client.response()?.status
    }

    @Test func `a unix socket serves and is gone afterwards`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("in.sock")
        try withRelay({ $0.intake["listen"] = .string("unix:\(path)") }) { relay, _ in
            #expect(relay.port == nil)
            #expect(try post(.unix(path: path), 1) == 200)
            try relay.list(state: "delivered", count: 1)
            #expect(try relay.stop() == .code(0))
            #expect(!FileManager.default.fileExists(atPath: path))
            try relay.start()
            try relay.kill()
            // A crash leaves the file; the next start takes its place.
            #expect(FileManager.default.fileExists(atPath: path))
            try relay.start()
            #expect(try post(.unix(path: path), 2) == 200)
        }
    }

    @Test(.enabled(if: Requirements.hasIPv6, "this machine has no ::1"))
    func `IPv6 serves and is known by its address`() throws {
        try withRelay({ $0.intake["listen"] = "[::1]:0" }) { relay, _ in
            let port = try #require(relay.port)
            #expect(try post(.ipv6(port: port), 1) == 200)
            let id = try #require(try relay.list().first?["id"]?.string)
            let shown = try relay.ask("show", id, "--json").json().first
            #expect(shown?["remoteAddress"] == "::1")
        }
    }

    @Test func `a socket handed over is used and no other is opened`() throws {
        let socket = try ListeningSocket()
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.intake["listen"] = "systemd"
        let relay = try RelayUnderTest(settings)
        let alone = try relay.ask("serve")
        #expect(alone.code == 1 && alone.errors.contains("systemd"))
        try relay.start(socket: socket.descriptor)
        try finish(relay) {
            #expect(relay.port == socket.port)
            #expect(try post(.ipv4(port: socket.port), 1) == 200)
            try relay.list(state: "delivered", count: 1)
        }
        // The socket outlives the relay: whoever connects now waits in its queue.
        let early = try RawClient(.ipv4(port: socket.port))
        early.post(RelayUnderTest.path("unanswered"), Array(Samples.body(2).utf8))
        try relay.start(socket: socket.descriptor)
        try finish(relay) {
            #expect(early.response()?.status == 200)
            try relay.list(state: "delivered", count: 2)
        }
    }

    @Test func `a socket with the name admin is for the admin listener alone`() throws {
        let socket = try ListeningSocket()
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.extra["admin"] = ["listen": "systemd"]
        let relay = try RelayUnderTest(settings)
        let alone = try relay.ask("serve")
        #expect(alone.code == 1 && alone.errors.contains("holdfast-admin.socket"))
        try relay.start(socket: socket.descriptor, environment: ["LISTEN_FDNAMES": "admin"])
        try finish(relay) {
            #expect(relay.port != socket.port)
            let admin = try RawClient(.ipv4(port: socket.port))
            admin.request("GET", "/readyz")
            #expect(admin.response()?.status == 200)
            #expect(try relay.post(Samples.body(1)).status == 200)
        }
    }
}
