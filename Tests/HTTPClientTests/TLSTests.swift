import HTTPClient
import RelayTesting
import Testing

struct TLSTests {
    let worker = HTTPWorker(label: "test")

    @Test func `a certificate is trusted only through the policy's file`() async throws {
        let server = try TLSServer()
        let request = ClientRequest(method: "GET", url: server.url)
        let failure = await worker.post(request, ClientPolicy()).failure
        #expect(failure?.kind == .tls)
        #expect(failure?.requestMayHaveArrived == false)
        let trusting = ClientPolicy(caFile: server.caFile)
        #expect(await worker.post(request, trusting).response?.status == 200)
        // The trust of one policy must not leak to another through kept connections.
        #expect(await worker.post(request, ClientPolicy()).failure?.kind == .tls)
        await worker.closed()
    }

    @Test func `a certificate for another name is refused`() async throws {
        let server = try TLSServer()
        let request = ClientRequest(method: "GET", url: "https://localhost:\(server.port)/")
        let trusting = ClientPolicy(caFile: server.caFile)
        #expect(await worker.post(request, trusting).failure?.kind == .tls)
        await worker.closed()
    }

    @Test func `a certificate that has expired is refused`() async throws {
        let server = try TLSServer(isExpired: true)
        let request = ClientRequest(method: "GET", url: server.url)
        let failure = await worker.post(request, ClientPolicy(caFile: server.caFile)).failure
        #expect(failure?.kind == .tls)
        #expect(failure?.message.contains("expired") == true)
        await worker.closed()
    }

    @Test func `a missing authority file is a TLS failure`() async {
        let policy = ClientPolicy(caFile: "/nonexistent/ca.pem")
        let server = ScriptedServer { $0.waitUntilClientCloses() }
        let url = "https://127.0.0.1:\(server.port)/"
        #expect(await worker.post(url, policy).failure?.kind == .tls)
        await worker.closed()
    }

    @Test func `plain http on a TLS port is a TLS failure`() async {
        let server = ScriptedServer { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            connection.waitUntilClientCloses()
        }
        let failure = await worker.post("https://127.0.0.1:\(server.port)/", ClientPolicy()).failure
        #expect(failure?.kind == .tls)
        #expect(failure?.requestMayHaveArrived == false)
        await worker.closed()
    }
}
