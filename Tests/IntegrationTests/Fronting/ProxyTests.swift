import Foundation
import RelayCore
import RelayTesting
import Testing

/// The example files for nginx and Caddy, run as they are in front of a relay.
struct ProxyTests {
    private static let nginx = Program.onPath("nginx")
    private static let caddy = Program.onPath("caddy")
    private static let missing: Comment = "'.ci/deps test' has not unpacked it"

    private func makeNginx(_ relayPort: Int) throws -> ProxyUnderTest {
        let program = try #require(ProxyTests.nginx)
        return try ProxyUnderTest(
            program: program, example: "deploy/nginx.conf", relayPort: relayPort, scheme: "https"
        ) { text, folder, port in
            try makeCertificate(in: folder)
            let site =
                text.replacing("listen 443 ssl;", with: "listen 127.0.0.1:\(port) ssl;")
                .replacing("    listen [::]:443 ssl;\n", with: "")
                .replacing(
                    "/etc/letsencrypt/live/hooks.example.org/fullchain.pem",
                    with: folder.file("cert.pem")
                )
                .replacing(
                    "/etc/letsencrypt/live/hooks.example.org/privkey.pem",
                    with: folder.file("key.pem")
                )
                .replacing("/var/log/nginx/", with: folder.path + "/")
            let places = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map {
                "\($0)_temp_path \(folder.path)/\($0);"
            }
            return """
                daemon off; master_process off; pid \(folder.path)/pid;
                events {}
                http { \(places.joined(separator: " "))
                \(site)
                }
                """
        } start: { configuration, folder in
            let words = ["-e", folder.file("main.log"), "-c", configuration]
            let checked = try ChildProcess.run(program, words + ["-t"])
            #expect(checked.code == 0, "\(checked.errors)")
            return words
        }
    }

    private func makeCertificate(in folder: TemporaryFolder) throws {
        let made = try ChildProcess.run(
            try #require(Program.onPath("openssl")),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "2", "-subj", "/CN=hooks.example.org", "-keyout",
                folder.file("key.pem"), "-out", folder.file("cert.pem"),
            ])
        #expect(made.code == 0)
    }

    private func makeCaddy(_ relayPort: Int) throws -> ProxyUnderTest {
        let program = try #require(ProxyTests.caddy)
        return try ProxyUnderTest(
            program: program, example: "deploy/Caddyfile", relayPort: relayPort, scheme: "http"
        ) { text, folder, port in
            text.replacing("hooks.example.org {", with: "http://127.0.0.1:\(port) {")
                .replacing("{\n\tlog default", with: "{\n\tadmin off\n\tlog default")
                .replacing("/var/log/caddy/", with: folder.path + "/")
        } start: { configuration, folder in
            let words = ["--adapter", "caddyfile", "--config", configuration]
            let checked = try ChildProcess.run(
                program, ["validate"] + words, environment: ["HOME": folder.path])
            #expect(checked.code == 0, "\(checked.errors)")
            return ["run"] + words
        }
    }

    private func tooLong(_ bytes: Int) -> [UInt8] {
        Array("\"".utf8) + [UInt8](repeating: 97, count: bytes) + Array("\"".utf8)
    }

    /// What holds for both: events pass, the relay's own answers reach the client, and the token
    /// is in nothing that the proxy writes, whatever goes wrong.
    private func serves(_ make: (_ relayPort: Int) throws -> ProxyUnderTest) throws {
        try withRelay { relay, _ in
            let proxy = try make(try #require(relay.port))
            let path = RelayUnderTest.path("unanswered")
            let stored = try proxy.ask(path + "?n=1", body: Array(Samples.body(1).utf8))
            #expect(stored.status == 200)
            let id = try #require(
                try JSONValue.parse(Array(stored.text.utf8))["id"]?.string)
            try relay.list(state: "delivered", count: 1)
            let shown = try relay.ask("show", id, "--headers", "--json").output
            #expect(shown.lowercased().contains("x-forwarded-for"))

            let longer = try proxy.ask(path, body: tooLong(1_500_000))
            #expect(longer.status == 413)
            #expect(longer.text.contains("\"status\":413"), "the relay's own words")
            #expect(try proxy.ask(path, body: tooLong(3_000_000)).status == 413)
            let stranger = try proxy.ask(
                RelayUnderTest.path("unanswered", token: "wrong"), body: [])
            #expect(stranger.status == 404)
            #expect(try proxy.ask("/metrics").status == 404)

            // With the relay gone the proxies write most.
            #expect(try relay.stop() == .code(0))
            #expect(try proxy.ask(path, body: Array(Samples.body(2).utf8)).status == 502)
            try proxy.stop()
            let written = try proxy.written()
            #expect(written.contains("/hooks/chatlio/unanswered"))
            #expect(!written.contains(RelaySettings.token))
        }
    }

    @Test(.enabled(if: ProxyTests.nginx != nil, ProxyTests.missing))
    func `behind nginx, as in the example, events pass and no log has the token`() throws {
        try serves(makeNginx)
    }

    @Test(.enabled(if: ProxyTests.caddy != nil, ProxyTests.missing))
    func `behind Caddy, as in the example, events pass and no log has the token`() throws {
        try serves(makeCaddy)
    }
}
