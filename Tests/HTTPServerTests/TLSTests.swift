import Foundation
import HTTPServer
import Testing

struct TLSTests {
    /// A self-signed certificate made by the openssl command.
    private func identity(_ name: String, in folder: URL) throws -> TLSIdentity {
        let key = folder.appendingPathComponent(name + ".key")
        let certificate = folder.appendingPathComponent(name + ".crt")
        let made = try run(
            [
                "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
                "-keyout", key.path, "-out", certificate.path,
            ])
        #expect(made.status == 0)
        return TLSIdentity(
            certificatePEM: Array(try Data(contentsOf: certificate)),
            keyPEM: Array(try Data(contentsOf: key)))
    }

    private func run(_ command: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let text = String(
            decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    private func fetch(_ port: Int?, _ more: [String] = []) throws -> String {
        let url = "https://127.0.0.1:\(port ?? 0)/"
        let format = "%{response_code} %{certs}"
        return try run(["curl", "-sk", "-w", format, url] + more).output
    }

    @Test func `a new certificate serves new connections and leaves an open one alone`() throws {
        let folder = try World.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = try identity("old.example", in: folder)
        let new = try identity("new.example", in: folder)
        let waiting = Mailbox<Exchange>()
        let world = try World(
            ScriptedHandler { request, exchange in
                if request.head.path == "/wait" { return waiting.put(exchange) }
                exchange.answer(.text(200, "tls \(request.head.isTLS)\n"))
            }
        ) { $0.tls = old }
        let port = world.server.ports[0]
        let first = try fetch(port)
        #expect(first.contains("tls true"))
        #expect(first.contains("CN = old.example"))

        let open = Mailbox<String>()
        let url = "https://127.0.0.1:\(port ?? 0)/wait"
        DispatchQueue.global().async {
            open.put((try? run(["curl", "-sk", url]).output) ?? "failed")
        }
        let exchange = try #require(waiting.take())
        try world.server.replaceTLS(new)
        #expect(try fetch(port).contains("CN = new.example"))
        exchange.answer(.text(200, "undisturbed"))
        #expect(open.take() == "undisturbed")
    }

    @Test func `a chunked body past the limit is refused over TLS too`() throws {
        let folder = try World.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try identity("own.example", in: folder)
        let world = try World(ScriptedHandler.echo(bodyLimitBytes: 10)) { $0.tls = own }
        let chunked = ["-H", "Transfer-Encoding: chunked", "-d", "01234567890"]
        #expect(try fetch(world.server.ports[0], chunked).contains("413 "))
    }

    @Test func `a body that does not fit beside the others is refused over TLS too`() throws {
        let folder = try World.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try identity("own.example", in: folder)
        let world = try World(ScriptedHandler.echo()) {
            $0.tls = own
            $0.maxCollectedBytes = 1000
        }
        let long = ["-d", String(repeating: "b", count: 5000)]
        #expect(try fetch(world.server.ports[0], long).contains("503 "))
        #expect(world.server.collectedBytes == 0)
        #expect(try fetch(world.server.ports[0], ["-d", "hi"]).hasPrefix("hi200 "))
    }

    @Test func `over TLS a length that is no length just ends the connection`() throws {
        let folder = try World.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try identity("own.example", in: folder)
        let world = try World(ScriptedHandler.echo()) { $0.tls = own }
        let bad = ["-H", "Content-Length: 2x", "-d", "hi"]
        // What curl says when there was no answer.
        #expect(try fetch(world.server.ports[0], bad).hasPrefix("000 "))
        #expect(try fetch(world.server.ports[0], ["-d", "hi"]).hasPrefix("hi200 "))
    }

    @Test func `what is no certificate is refused and the old one stays`() throws {
        let folder = try World.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try identity("own.example", in: folder)
        let broken = TLSIdentity(certificatePEM: Array("no".utf8), keyPEM: own.keyPEM)
        #expect(throws: ServerError.unusableIdentity) {
            try World(ScriptedHandler.echo()) { $0.tls = broken }
        }
        let world = try World(ScriptedHandler.echo()) { $0.tls = own }
        #expect(throws: ServerError.unusableIdentity) { try world.server.replaceTLS(broken) }
        #expect(try fetch(world.server.ports[0]).contains("200 "))
    }

    @Test func `a handshake that never ends is cut`() throws {
        let folder = try World.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let own = try identity("own.example", in: folder)
        let world = try World(ScriptedHandler.echo()) {
            $0.tls = own
            $0.headerTimeoutMs = 200
        }
        let client = try world.connect()
        client.send([0x16, 0x03, 0x01])
        _ = client.rest()
        #expect(world.server.counters.headerTimeouts == 1)
    }

    @Test func `nothing raw is written into a TLS stream, which is closed instead`() throws {
        let folder = try World.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let taken = Mailbox<Int?>()
        let world = try World(
            ScriptedHandler { request, exchange in
                switch request.head.path {
                case "/raw": taken.put(exchange.sendRaw(Array("raw".utf8)[...]))
                case "/reset": exchange.cut(reset: true)
                case "/end": exchange.cut(reset: false)
                default: exchange.answer(.text(200, "usual"))
                }
            }
        ) { $0.tls = try? identity("raw.example", in: folder) }
        let url = "https://127.0.0.1:\(world.server.ports[0] ?? 0)"
        for path in ["/raw", "/reset", "/end"] {
            let answer = try run(["curl", "-sk", url + path])
            #expect(answer.status != 0, "\(path)")
            #expect(answer.output.isEmpty, "\(path)")
        }
        #expect(taken.take() == .some(nil))
        #expect(try run(["curl", "-sk", url]).output == "usual")
    }
}
