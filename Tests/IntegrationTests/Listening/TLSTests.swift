import Foundation
import RelayCore
import RelayTesting
import Testing

struct TLSTests {
    private func settings(_ settings: inout RelaySettings, _ folder: TemporaryFolder) {
        settings.intake["tls"] = [
            "certificate": .string(folder.file("cert.pem")), "key": .string(folder.file("key.pem")),
        ]
    }

    /// One connection that stays open; the name in the certificate is on standard error.
    private func connect(_ relay: RelayUnderTest) throws -> ChildProcess {
        try ChildProcess(
            try #require(Program.onPath("openssl")),
            ["s_client", "-quiet", "-connect", "127.0.0.1:\(relay.port ?? 0)"], keepsInput: true)
    }

    private func post(_ client: ChildProcess, _ number: Int, expecting answers: Int) throws {
        let body = Array(Samples.body(number).utf8)
        let head =
            "POST \(RelayUnderTest.path("unanswered")) HTTP/1.1\r\nHost: relay.test\r\n"
            + "Content-Length: \(body.count)\r\n\r\n"
        client.write(Array(head.utf8) + body)
        try client.output.wait(for: "HTTP/1.1 200", times: answers)
    }

    @Test func `SIGHUP takes a new certificate and an open connection stays`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("old.example", in: folder)
        try withRelay({ settings(&$0, folder) }) { relay, _ in
            let open = try connect(relay)
            try post(open, 1, expecting: 1)
            try open.errors.wait(for: "old.example")
            try Certificates.make("new.example", in: folder)
            try relay.reload(expecting: "configuration read again")
            try post(open, 2, expecting: 2)
            let fresh = try connect(relay)
            try post(fresh, 3, expecting: 1)
            #expect(fresh.errors.text.contains("new.example"))
            #expect(!fresh.errors.text.contains("old.example"))
            try relay.list(state: "delivered", count: 3)
        }
    }

    @Test func `a broken certificate is refused and the old one stays`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("old.example", in: folder)
        try withRelay({ settings(&$0, folder) }) { relay, _ in
            try "no certificate".write(
                toFile: folder.file("cert.pem"), atomically: true, encoding: .utf8)
            try relay.reload(expecting: "the new configuration is refused")
            let client = try connect(relay)
            try post(client, 1, expecting: 1)
            #expect(client.errors.text.contains("old.example"))
        }
    }

    @Test func `plain text to the TLS port harms nobody`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("old.example", in: folder)
        try withRelay({ settings(&$0, folder) }) { relay, _ in
            let plain = try relay.connect()
            plain.post(RelayUnderTest.path("unanswered"), Array(Samples.body(1).utf8))
            #expect(plain.response()?.status != 200)
            let client = try connect(relay)
            try post(client, 2, expecting: 1)
            #expect(try relay.list().count == 1)
        }
    }
}
