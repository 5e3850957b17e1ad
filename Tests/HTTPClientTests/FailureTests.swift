import HTTPClient
import RelayTesting
import Testing

struct FailureTests {
    let worker = HTTPWorker(label: "test")

    @Test func `nobody listening is a connect failure`() async {
        let failure = await worker.post("http://127.0.0.1:\(ScriptedServer.closedPort())/").failure
        #expect(failure?.kind == .connect)
        #expect(failure?.requestMayHaveArrived == false)
        await worker.closed()
    }

    @Test func `an unknown name is a resolve failure`() async {
        let request = ClientRequest(
            url: "http://nonexistent.invalid/", timeoutMs: 60_000, connectTimeoutMs: 60_000)
        let failure = await worker.post(request).failure
        #expect(failure?.kind == .resolve)
        #expect(failure?.requestMayHaveArrived == false)
        await worker.closed()
    }

    @Test(arguments: [true, false])
    func `an end before the answer leaves the outcome open`(byReset: Bool) async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            if byReset { connection.resetOnClose() }
        }
        let failure = await worker.post(server.url).failure
        #expect(failure?.kind == .reset)
        #expect(failure?.requestMayHaveArrived == true)
        await worker.closed()
    }

    @Test func `a body that ends early is a reset`() async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        }
        let failure = await worker.post(server.url).failure
        #expect(failure?.kind == .reset)
        #expect(failure?.requestMayHaveArrived == true)
        await worker.closed()
    }

    @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/9 x\r\n\r\n"])
    func `garbage instead of an answer is a protocol error`(garbage: String) async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(garbage)
        }
        let failure = await worker.post(server.url).failure
        #expect(failure?.kind == .protocolError)
        #expect(failure?.requestMayHaveArrived == true)
        await worker.closed()
    }

    @Test func `silence ends at the timeout`() async {
        let server = ScriptedServer { $0.waitUntilClientCloses() }
        let failure = await worker.post(ClientRequest(url: server.url, timeoutMs: 200)).failure
        #expect(failure?.kind == .timeout)
        #expect(failure?.requestMayHaveArrived == true)
        await worker.closed()
    }

    @Test func `a slow drip ends at the timeout`() async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while connection.write("x"), !connection.isReadable(withinMs: 10) {}
        }
        let failure = await worker.post(ClientRequest(url: server.url, timeoutMs: 300)).failure
        #expect(failure?.kind == .timeout)
        await worker.closed()
    }

    @Test(arguments: [
        "http://127.0.0.1:1/", "ftp://127.0.0.1/", "file:///etc/passwd", "127.0.0.1 :80", "",
        "https://127.0.0.1:port/", "https://a\u{0}b/",
    ])
    func `what the policy does not allow is refused unsent`(url: String) async {
        let failure = await worker.post(url, ClientPolicy()).failure
        #expect(failure?.kind == .refusedByPolicy)
        #expect(failure?.requestMayHaveArrived == false)
        await worker.closed()
    }

    @Test(arguments: ["X: a\r\nY: b", "X: a\nY: b", "X: a\u{0}"])
    func `a header line that would become two is refused`(line: String) async {
        let server = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let request = ClientRequest(url: server.url, headers: ["A: b", line])
        #expect(await worker.post(request).failure?.kind == .refusedByPolicy)
        #expect(await worker.post(server.url).response?.status == 200)
        await worker.closed()
    }

    @Test func `a method with a line break is refused`() async {
        let request = ClientRequest(method: "POST / HTTP/1.1\r\nX: y", url: "http://127.0.0.1:1/")
        #expect(await worker.post(request).failure?.kind == .refusedByPolicy)
        await worker.closed()
    }

    @Test(arguments: [
        "http://someone:hunter22@127.0.0.1:PORT/secretpath?key=topsecret",
        "http://someone:hunt/er22@127.0.0.1:PORT/secretpath",
        "https://someone:hunter22@nonexistent.invalid/secretpath?key=topsecret",
        "gopher://someone:hunter22@127.0.0.1/secretpath",
        "http://someone:hunter22@bad host/secretpath",
    ])
    func `messages hold nothing secret of the URL`(url: String) async {
        let port = "\(ScriptedServer.closedPort())"
        let target = url.split(separator: "PORT").joined(separator: port)
        let message = await worker.post(target).failure?.message ?? "no failure"
        for secret in ["someone", "hunter22", "er22", "secretpath", "topsecret"] {
            #expect(!message.contains(secret), "\(message)")
        }
        #expect(!message.isEmpty)
        await worker.closed()
    }
}
