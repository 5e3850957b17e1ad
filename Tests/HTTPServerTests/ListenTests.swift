import Foundation
import Glibc
@testable import HTTPServer
import Testing

struct ListenTests {
    @Test(arguments: [
        ("0.0.0.0:8080", Address.tcp(host: "0.0.0.0", port: 8080)),
        ("[::1]:80", .tcp(host: "::1", port: 80)),
        ("localhost:0", .tcp(host: "localhost", port: 0)),
        (":8080", .tcp(host: "::", port: 8080)),
        ("unix:/run/x.sock", .unix(path: "/run/x.sock")),
    ])
    func `an address is read as people write it`(text: String, expected: Address) throws {
        #expect(try Address(text) == expected)
    }

    @Test(arguments: [
        "", "8080", "host", "host:", "host:x", "host:70000", "::1:80", "[]:80", "unix:", "unix:a",
        "host:+1", "ho st:80",
    ])
    func `what is no address is refused`(text: String) {
        #expect(throws: ListenError.unusableAddress(text)) { try Address(text) }
    }

    @Test func `a unix socket serves and its file is removed`() throws {
        let folder = try World.makeFolder()
        let path = folder.appendingPathComponent("s").path
        let handler = ScriptedHandler.describing { $0.head.remoteAddress }
        let world = try World(handler, listen: [.unix(path: path)])
        #expect(world.server.ports == [nil])
        let client = try RawClient(path: path)
        client.get("/")
        #expect(client.response()?.text == "unix")
        world.server.stop(graceMs: 1000)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a stale socket file is replaced, a live one and other files are not`() throws {
        let folder = try World.makeFolder()
        let path = folder.appendingPathComponent("s").path
        let stale = try ListenSocket.unix(path: path)
        #expect(throws: ListenError.inUse(path)) { try ListenSocket.unix(path: path) }
        let moved = folder.appendingPathComponent("t").path
        try FileManager.default.moveItem(atPath: path, toPath: moved)
        stale.close()
        let replacing = try ListenSocket.unix(path: moved)
        #expect(replacing.port == nil)
        let file = folder.appendingPathComponent("f").path
        #expect(FileManager.default.createFile(atPath: file, contents: nil))
        #expect(throws: ListenError.notASocket(file)) { try ListenSocket.unix(path: file) }
    }

    @Test func `a socket whose file is gone or another's knows it, and leaves the other's`() throws
    {
        let folder = try World.makeFolder()
        let (path, moved) = (
            folder.appendingPathComponent("s").path, folder.appendingPathComponent("t").path
        )
        let socket = try ListenSocket.unix(path: path)
        #expect(socket.lostPath == nil)
        try FileManager.default.moveItem(atPath: path, toPath: moved)
        #expect(socket.lostPath == path)
        let other = try ListenSocket.unix(path: path)
        #expect(socket.lostPath == path && other.lostPath == nil)
        socket.close()
        #expect(other.lostPath == nil && FileManager.default.fileExists(atPath: path))
        other.close()
        try FileManager.default.moveItem(atPath: moved, toPath: path)
        #expect(try ListenSocket.tcp(host: "127.0.0.1", port: 0).lostPath == nil)
    }

    @Test func `a socket that was moved back is in its place`() throws {
        let folder = try World.makeFolder()
        let path = folder.appendingPathComponent("s").path
        let socket = try ListenSocket.unix(path: path)
        try FileManager.default.moveItem(atPath: path, toPath: path + "2")
        #expect(socket.lostPath == path)
        try FileManager.default.moveItem(atPath: path + "2", toPath: path)
        #expect(socket.lostPath == nil)
        socket.close()
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a port somebody else has is in use`() throws {
        let first = try ListenSocket.tcp(host: "127.0.0.1", port: 0)
        let port = try #require(first.port)
        #expect(throws: ListenError.inUse("127.0.0.1:\(port)")) {
            try ListenSocket.tcp(host: "127.0.0.1", port: port)
        }
        #expect(throws: ListenError.unknownHost("no such host")) {
            try ListenSocket.tcp(host: "no such host", port: 0)
        }
    }

    @Test func `several sockets are served together, IPv6 among them`() throws {
        let sockets = try [
            ListenSocket.tcp(host: "127.0.0.1", port: 0), ListenSocket.tcp(host: "::1", port: 0),
            ListenSocket.listen(on: Address(":0")),
        ]
        let world = try World(
            ScriptedHandler.describing { $0.head.remoteAddress }, listen: sockets)
        for (client, address) in [
            (try RawClient(port: sockets[0].port), "127.0.0.1"),
            (try RawClient(ipv6Port: sockets[1].port), "::1"),
            (try RawClient(port: sockets[2].port), "127.0.0.1"),
        ] {
            client.get("/")
            #expect(client.response()?.text == address)
        }
        #expect(world.server.counters.accepted == 3)
    }

    @Test func `an adopted socket serves and stays open for the successor`() throws {
        let original = try ListenSocket.tcp(host: "127.0.0.1", port: 0)
        let adopted = ListenSocket.adopted(descriptor: dup(original.descriptor))
        #expect(adopted.port == original.port)
        let first = try World(ScriptedHandler.describing { _ in "first" }, listen: [adopted])
        let client = try first.connect()
        client.get("/")
        #expect(client.response()?.text == "first")
        first.server.stop(graceMs: 1000)
        let waiting = try RawClient(port: adopted.port)
        waiting.get("/")
        let second = try World(ScriptedHandler.describing { _ in "second" }, listen: [adopted])
        #expect(waiting.response()?.text == "second")
        second.server.stop(graceMs: 0)
    }
}
